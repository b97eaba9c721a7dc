import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeWithFfmpeg, describeWithShared } from '@deepffmpeg/test-kit';
import { beforeAll, expect, test } from 'vitest';
import { runCommand } from '../run-command.js';

const readJson = (path: string) => JSON.parse(readFileSync(path, 'utf8'));

describeWithFfmpeg('combine', (media) => {
  const lavfi = (...sources: string[]) => sources.flatMap((source) => ['-f', 'lavfi', '-i', source]);
  const tone = 'sine=f=440:d=3';
  const codecs = ['-c:v', 'ffv1', '-c:a', 'pcm_s16le', '-shortest'];
  let film = '';
  let silent = '';
  beforeAll(async () => {
    film = await media.make('film.mkv', ...lavfi('testsrc=s=320x180:r=10:d=3', tone), ...codecs);
    silent = await media.make('silent.mkv', ...lavfi('color=red:s=320x180:r=10:d=2'), '-c:v', 'ffv1');
  });
  const combine = (...args: string[]) => runCommand(['combine', ...args]);
  const tiny = ['--models', 'tiny'];

  test("writes the original's files, ours behind its fields, a page, and a summary", async () => {
    const folder = media.path('one');
    const { code, stdout, stderr } = await combine(film, ...tiny, '-o', folder, '--report');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^\n=== Combined Media Analysis Summary ===\nFile: .*film\.mkv\n/);
    expect(readdirSync(folder).sort()).toEqual([
      'film_classifications.txt',
      'film_combined_analysis.json',
      'film_report.html',
      'film_technical.json',
    ]);
    const document = readJson(join(folder, 'film_combined_analysis.json'));
    expect(Object.keys(document)).toEqual([
      'file_info',
      'technical_analysis',
      'ai_classifications',
      'combined_insights',
      'details',
    ]);
    expect(document.details.parts).toEqual([
      { part: 'technical', status: 'done' },
      { part: 'vision', status: 'done' },
      { part: 'audio', status: 'done' },
      { part: 'objects', status: 'off' },
    ]);
    expect(document.details.soundShares).toMatchObject({ speech: expect.any(Number) });
    const csv = readFileSync(join(folder, 'film_classifications.txt'), 'utf8');
    expect(csv).toMatch(/^stream_id,label,avg_probability,count\n/);
    expect(readFileSync(join(folder, 'film_report.html'), 'utf8')).toContain('film.mkv');
  });

  test('tells of the objects of our own detector, by number and track', async () => {
    const moving = await media.make(
      'moving.mkv',
      ...lavfi('color=0xd8d8d0:s=320x180:r=10:d=2', 'color=0xdc1e1e:s=60x60:r=10:d=2'),
      ...['-filter_complex', "overlay=x='40+60*t':y=60", '-c:v', 'ffv1'],
    );
    const folder = media.path('objects');
    const flags = [...tiny, '--detect-model', 'tiny', '--track', '-o', folder, '--report'];
    const { code, stdout } = await combine(moving, ...flags);
    expect(code).toBe(0);
    expect(stdout).toMatch(/Objects:\n- square: .*1 at once/);
    const { details } = readJson(join(folder, 'moving_combined_analysis.json'));
    expect(details.parts).toContainEqual({ part: 'objects', status: 'done' });
    expect(details.objects).toMatchObject([{ label: 'square', tracks: 1, mostAtOnce: 1 }]);
    expect(readFileSync(join(folder, 'moving_report.html'), 'utf8')).toContain('square');
  });

  test('draws the same conclusions again from what is stored', async () => {
    const folder = media.path('stored');
    await combine(film, ...tiny, '-o', folder);
    const stored = ['--from-existing', join(folder, 'film_technical.json')];
    const json = media.path('again.json');
    const { code, stdout, stderr } = await combine(
      ...[film, ...stored, '--classification-txt', join(folder, 'film_classifications.txt'), '--json', json],
      ...['--report', media.path('again.html')],
    );
    expect([code, stderr]).toEqual([0, '']);
    const [first, again] = [readJson(join(folder, 'film_combined_analysis.json')), readJson(json)];
    expect(again.combined_insights).toEqual(first.combined_insights);
    expect(again.ai_classifications).toEqual(first.ai_classifications);
    expect(again.technical_analysis).toEqual(first.technical_analysis);
    expect(stdout).toContain(`Results saved to: ${json}`);
    expect(existsSync(media.path('again.html'))).toBe(true);
  });

  test('in haste draws the same conclusions from less', async () => {
    const folder = media.path('haste');
    const run = (...flags: string[]) => combine(film, ...tiny, '-o', folder, ...flags);
    const json = (name: string) => readJson(join(folder, `film_${name}.json`));
    expect((await run('--detector', 'keyframes')).code).toBe(0);
    const [careful, faults] = [json('combined_analysis').combined_insights, json('technical').details];
    expect((await run('--fast', '--report')).code).toBe(0);
    expect(json('combined_analysis').combined_insights).toEqual(careful);
    expect(faults.picture).toBeDefined();
    expect(readFileSync(join(folder, 'film_report.html'), 'utf8')).toContain('Looked at in haste.');
    const stored = ['--from-existing', join(folder, 'film_technical.json')];
    const csv = ['--classification-txt', join(folder, 'film_classifications.txt')];
    for (const flags of [['--fast'], ['--detector', 'content'], ['--scene-threshold', '0.4']]) {
      const refused = await combine(...stored, ...csv, ...flags);
      expect([refused.code, refused.stderr]).toEqual([
        2,
        expect.stringContaining(`${flags[0]} says how to look at media`),
      ]);
    }
    expect(json('technical').details.picture).toBeUndefined();
  });

  test('conclusions are the same where a film begins late on its own clock', async () => {
    const late = await media.make(
      'late.ts',
      ...lavfi('color=red:s=160x90:r=10:d=3', 'testsrc=s=160x90:r=10:d=3', 'color=blue:s=160x90:r=10:d=3'),
      ...lavfi("aevalsrc='if(between(t,4,5),0,0.3*sin(2*PI*440*t))':s=48000:d=9"),
      ...[
        '-filter_complex',
        '[0][1][2]concat=n=3[v]',
        '-map',
        '[v]',
        '-map',
        '3:a',
        '-c:v',
        'mpeg2video',
        '-c:a',
        'mp2',
        '-shortest',
      ],
      ...['-output_ts_offset', '1000'],
    );
    const folder = media.path('late');
    expect((await combine(late, ...tiny, '-o', folder)).code).toBe(0);
    const { combined_insights, details } = readJson(join(folder, 'late_combined_analysis.json'));
    const structure = details.evidence.find(
      ({ conclusion }: { conclusion: string }) => conclusion === 'narrative-structure',
    );
    expect(structure.reasons.map(({ text }: { text: string }) => text)).toEqual([
      'first third: 1 scene',
      'second third: 1 scene',
      'last third: 1 scene',
    ]);
    const counts = combined_insights.mood.mood_progression.map(
      ({ action_count }: { action_count: number }) => action_count,
    );
    expect(Math.max(...counts)).toBeGreaterThan(0);
    const [technical, averages] = ['late_technical.json', 'late_classifications.txt'].map((name) =>
      join(folder, name),
    );
    const json = join(folder, 'again.json');
    const stored = ['--from-existing', technical!, '--classification-txt', averages!]; // two names, two paths
    const page = join(folder, 'again.html');
    expect((await combine(late, ...stored, '--json', json, '--report', page)).code).toBe(0);
    expect(readJson(json).combined_insights).toEqual(combined_insights);
    // The page counts from the begin, as players do.
    expect(readFileSync(page, 'utf8')).toMatch(/"durationSeconds":9[.,]/);
  });

  test('labels besides are shown over time, and no part of the conclusions', async () => {
    const folder = media.path('besides');
    const labels = ['--clip-labels', 'a red picture,a blue picture'];
    expect((await combine(silent, ...tiny, ...labels, '-o', folder)).code).toBe(0);
    const document = readJson(join(folder, 'silent_combined_analysis.json'));
    const shown = document.details.timeline.shots.map(({ labelSet }: { labelSet: string }) => labelSet);
    expect(shown).toContain('--clip-labels');
    const seen = document.ai_classifications.video.map(({ label }: { label: string }) => label);
    expect(seen).not.toContain('a red picture');
    expect(document.details.segments).toContainEqual(expect.objectContaining({ label: 'a red picture' }));
  });

  test('categories by other names than the rules go by are told', async () => {
    await writeFile(
      media.path('mine.txt'),
      '[Mine]\n(LiveAction)\na red picture\n(Cartoon)\na blue picture\n',
    );
    const flags = [...tiny, '-o', media.path('mine'), '--clip-categories', media.path('mine.txt')];
    const { code, stderr } = await combine(film, ...flags);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^warning: no category is called .*Animation.*: the rules go by these names/);
    expect(stderr).not.toMatch(/called.*(LiveAction|Cartoon|StorytellingAudio)/);
  });

  test('a stream that is not there is told, and is no failure', async () => {
    const { code, stdout } = await combine(silent, ...tiny, '-o', media.path('silent'));
    expect(code).toBe(0);
    expect(stdout).toMatch(/Not Analysed:\n- audio: .*no audio/i);
  });

  test('a model that cannot be had leaves the rest whole, and is told', async () => {
    const folder = media.path('lacking');
    const { code, stdout, stderr } = await combine(
      ...[film, '--clip-model', media.path('no-such-model'), '-o', folder],
    );
    expect(code).toBe(3);
    expect(stderr).toMatch(/no-such-model/);
    expect(stdout).toMatch(/Not Analysed:\n- vision: .*no-such-model/);
    const { details, technical_analysis } = readJson(join(folder, 'film_combined_analysis.json'));
    expect(details.parts).toContainEqual(expect.objectContaining({ part: 'vision', status: 'failed' }));
    expect(technical_analysis.scene_analysis.scene_count).toBe(1);
  });

  test('sound with a cover picture is told of as sound, now and from what is stored', async () => {
    const covered = await media.make(
      'covered.mp3',
      ...lavfi('sine=f=440:d=12', 'color=red:s=64x64:d=1'),
      ...['-map', '0', '-map', '1', '-frames:v', '1', '-c:v', 'png', '-c:a', 'libmp3lame'],
      ...['-disposition:v', 'attached_pic'],
    );
    const folder = media.path('covered');
    const { code, stdout } = await combine(covered, ...tiny, '-o', folder, '--report');
    expect(code).toBe(0);
    expect(stdout).toMatch(/\n- Video: 64x64 .*\n- Audio: mp3 /);
    expect(stdout).not.toMatch(/Scenes|Narrative|Pacing/);
    const page = () => readFileSync(join(folder, 'covered_report.html'), 'utf8');
    expect(page()).toContain('<audio id="player"');
    // As the original may mark scenes in sound: what the file tells of its streams is what counts.
    const technical = join(folder, 'covered_technical.json');
    const { scene_analysis, ...rest } = readJson(technical);
    const scenes = { ...scene_analysis, scene_count: 2, scene_timestamps: [0, 6] };
    await writeFile(technical, JSON.stringify({ ...rest, scene_analysis: scenes }));
    const stored = [
      ...['--from-existing', technical],
      ...['--classification-txt', join(folder, 'covered_classifications.txt')],
    ];
    const again = await combine(covered, ...stored, '-o', folder, '--report');
    expect(again.code).toBe(0);
    expect(again.stdout).not.toMatch(/Scenes|Narrative|Pacing/);
    expect(page()).toContain('<audio id="player"');
  });

  test('what broke off is judged by what there was of it', async () => {
    const cut = media.path('cut.mkv');
    const whole = await media.make('long.mkv', ...lavfi('testsrc2=s=320x180:r=10:d=12'), '-c:v', 'ffv1');
    await writeFile(cut, readFileSync(whole).subarray(0, statSync(whole).size / 2));
    const folder = media.path('cut');
    const { code, stdout } = await combine(cut, ...tiny, '-o', folder);
    expect(code).toBe(3);
    expect(stdout).toContain('\nBroke Off: ');
    const { technical_analysis, combined_insights } = readJson(join(folder, 'cut_combined_analysis.json'));
    expect(technical_analysis.metadata.duration).toBe(12);
    const { average_scene_duration, scene_count } = technical_analysis.scene_analysis;
    expect(average_scene_duration * scene_count).toBeLessThan(8);
    expect(combined_insights.content_type.format_info.duration).toBeLessThan(8);
  });

  test('what is damaged in its middle is not told as broken off', async () => {
    const damaged = media.path('damaged.mkv');
    const whole = await media.make('sharp.mkv', ...lavfi('testsrc2=s=320x180:r=10:d=8'), '-c:v', 'mpeg4');
    const bytes = readFileSync(whole);
    const middle = Math.floor(bytes.length / 2);
    await writeFile(damaged, bytes.fill(0x55, middle, middle + 3000));
    const folder = media.path('damaged');
    const { code, stdout } = await combine(damaged, ...tiny, '-o', folder, '--report');
    expect(code).toBe(3);
    expect(stdout).toContain('\nDamaged: ');
    expect(stdout).not.toContain('Broke Off');
    const page = readFileSync(join(folder, 'damaged_report.html'), 'utf8');
    expect(page).toContain('The film is damaged.');
    expect(page).not.toContain('The film broke off');
  });

  test('packs, objects and the page are told; rules are printed', async () => {
    const folder = media.path('told');
    const packs = ['--clip-categories', 'pack:film-video', '--clap-categories', 'pack:film-audio'];
    const { code, stdout } = await combine(film, ...tiny, ...packs, '-o', folder, '--report');
    expect(code).toBe(0);
    expect(stdout).toContain(`\nReport: ${join(folder, 'film_report.html')}\n`);
    const wrong = await combine(film, ...tiny, '--clip-categories', 'pack:animals');
    expect([wrong.code, wrong.stderr]).toEqual([
      2,
      expect.stringContaining('write --clip-labels pack:animals'),
    ]);
    const printed = await combine('--print-rules');
    const rules = media.path('own.json');
    await writeFile(rules, printed.stdout);
    expect((await combine(film, ...tiny, '--rules', rules, '-o', folder)).code).toBe(0);
  });

  test('a model for sight alone leaves sound off', async () => {
    const folder = media.path('sight');
    const { tinyClipFolder } = await import('@deepffmpeg/tiny-models');
    expect((await combine(film, '--clip-model', tinyClipFolder, '-o', folder)).code).toBe(0);
    const { details } = readJson(join(folder, 'film_combined_analysis.json'));
    expect(details.parts).toContainEqual({ part: 'audio', status: 'off' });
  });

  describeFolder();

  function describeFolder() {
    let films = '';
    beforeAll(async () => {
      films = media.path('films');
      await mkdir(join(films, 'inner'), { recursive: true });
      await media.make('films/a.mkv', ...lavfi('testsrc=s=160x90:r=10:d=2', tone), ...codecs);
      await media.make('films/inner/a.avi', ...lavfi('color=blue:s=160x90:r=10:d=2'), '-c:v', 'mjpeg');
      await writeFile(join(films, 'broken.mp4'), 'no film');
    });

    test('a folder has a page of all, tells what failed, and is not done twice', async () => {
      const folder = media.path('many');
      const args = [films, ...tiny, '-o', folder, '--report'];
      const first = await combine(...args);
      expect(first.code).toBe(3);
      expect(first.stderr).toMatch(/broken\.mp4/);
      expect(first.stdout.match(/=== Combined/g)).toHaveLength(2);
      expect(first.stdout).toContain('\n2 of 3 films are done, 1 failed.\n');
      const index = readFileSync(join(folder, 'index.html'), 'utf8');
      for (const text of ['a_report.html', 'a.2_report.html', 'broken.mp4']) expect(index).toContain(text);

      const names = readdirSync(folder).sort();
      const second = await combine(...args);
      expect(second.code).toBe(3);
      expect(second.stdout).toBe(
        `\n2 of 3 films are done, 2 of them before, 1 failed.\nIndex: ${join(folder, 'index.html')}\n`,
      );
      expect(second.stderr.match(/done before/g)).toHaveLength(2);
      expect(readdirSync(folder).sort()).toEqual(names);
      const again = readFileSync(join(folder, 'index.html'), 'utf8');
      for (const text of ['a_report.html', 'a.2_report.html', 'broken.mp4']) expect(again).toContain(text);
      expect(again.match(/data:image\/jpeg/g)).toHaveLength(2);
    });

    test('does again what changed, what is gone, and what it is told to', async () => {
      const folder = media.path('again');
      const args = [films, ...tiny, '-o', folder];
      await combine(...args);
      const done = async (...more: string[]) =>
        (await combine(...args, ...more)).stderr.match(/done before/g)?.length ?? 0;
      expect(await done('--confidence', '0.2')).toBe(0);
      expect(await done('--confidence', '0.2')).toBe(2);
      await rm(join(folder, 'a_technical.json'));
      expect(await done('--confidence', '0.2')).toBe(1);
      await writeFile(join(folder, 'a.2_combined_analysis.json'), '{}');
      expect(await done('--confidence', '0.2')).toBe(1);
      expect(await done('--confidence', '0.2', '--redo')).toBe(0);
      await rename(join(films, 'broken.mp4'), join(films, 'zroken.mp4'));
      expect(await done('--confidence', '0.2')).toBe(2);
    });

    test("a film by itself leaves other films' files alone, and is never taken for one of them", async () => {
      const folder = media.path('beside');
      await mkdir(media.path('films2'));
      await media.make('films2/a.mkv', ...lavfi('color=red:s=160x90:r=10:d=1', tone), ...codecs);
      const other = media.path('films2/a.mkv');
      const inner = join(films, 'inner');
      await combine(inner, ...tiny, '-o', folder);
      const first = readFileSync(join(folder, 'a_combined_analysis.json'));
      for (let run = 0; run < 2; run++) {
        const { stdout } = await combine(other, ...tiny, '-o', folder);
        expect(stdout).toContain('a.2_combined_analysis.json'); // done each time
      }
      expect(readFileSync(join(folder, 'a_combined_analysis.json')).equals(first)).toBe(true);
      expect((await combine(inner, ...tiny, '-o', folder)).stderr).toMatch(/done before/);
      // What another program put there is no result of this film.
      await writeFile(
        join(folder, 'a_combined_analysis.json'),
        readFileSync(join(folder, 'a.2_combined_analysis.json')),
      );
      expect((await combine(inner, ...tiny, '-o', folder)).stderr).not.toMatch(/done before/);
    });

    test('what is done is on the page, though the run is ended by an error', async () => {
      const folder = media.path('ended');
      await mkdir(media.path('three'));
      for (const name of ['a', 'b', 'c'])
        await media.make(`three/${name}.mkv`, ...lavfi('color=red:s=160x90:r=10:d=1'), '-c:v', 'ffv1');
      const args = [media.path('three'), ...tiny, '-o', folder, '--report'];
      await combine(...args);
      for (const name of ['index.html', 'b_combined_analysis.json', 'b_technical.json'])
        await rm(join(folder, name));
      await mkdir(join(folder, 'b_technical.json/in-the-way'), { recursive: true });
      const { code, stderr } = await combine(...args);
      expect([code, stderr]).toEqual([1, expect.stringContaining('b_technical.json')]);
      const index = readFileSync(join(folder, 'index.html'), 'utf8');
      expect(index).toContain('a_report.html');
      expect(index).toContain('c_report.html');
      expect(index).not.toContain('b_report.html');

      await rm(join(folder, 'index.html'));
      await mkdir(join(folder, 'index.html/in-the-way'), { recursive: true });
      const without = await combine(...args);
      expect(without.code).toBe(1);
      expect(without.stderr).toMatch(/warning: the page of what is done is missing: .*index\.html/);
      expect(without.stderr).toContain('b_technical.json');
    });

    test('a film that failed keeps its name', async () => {
      const folder = media.path('kept');
      await mkdir(media.path('bad'));
      await writeFile(media.path('bad/a.mkv'), 'no film');
      await combine(media.path('bad'), ...tiny, '-o', folder);
      const { stdout } = await combine(join(films, 'a.mkv'), ...tiny, '-o', folder);
      expect(stdout).toContain('a.2_combined_analysis.json');
    });

    test('what no page can have in it is refused before any film is looked at', async () => {
      const folder = media.path('embedded');
      const embed = [...tiny, '-o', folder, '--report', '--report-media', 'embed'];
      const refused = await combine(films, ...embed);
      expect(refused.code).toBe(2);
      expect(refused.stderr).toMatch(/a\.avi is of no format that browsers play: take --report-media link/);
      expect((await combine('-', ...embed)).stderr).toMatch(/- is no file/);
      const large = media.path('large.mp4');
      await writeFile(large, '');
      await truncate(large, 64 * 2 ** 20 + 1);
      expect((await combine(large, ...embed)).stderr).toMatch(/67108865 bytes, and a page takes/);
      expect(existsSync(folder)).toBe(false);
    });

    test('does again what was asked in other words', async () => {
      const folder = media.path('words');
      const args = [films, ...tiny, '-o', folder, '--clip-labels', 'red,blue'];
      await combine(...args);
      const done = async (...more: string[]) =>
        (await combine(...args, ...more)).stderr.match(/done before/g)?.length ?? 0;
      expect(await done('--clip-template', 'nothing of {}')).toBe(0);
      expect(await done('--clip-template', 'nothing of {}')).toBe(2);
    });

    test('goes on where it was interrupted', async () => {
      const folder = media.path('interrupted');
      const abort = new AbortController();
      const args = ['combine', films, ...tiny, '-o', folder, '--report'];
      const running = runCommand(args, { signal: abort.signal });
      const journal = join(folder, 'combine_run.jsonl');
      while (!existsSync(journal) || !readFileSync(journal, 'utf8').includes('fingerprint'))
        await new Promise((done) => setTimeout(done, 20));
      abort.abort();
      expect((await running).code).toBe(130);
      expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([]);
      expect(existsSync(join(folder, 'index.html'))).toBe(false);
      const { stdout, stderr } = await runCommand(args);
      expect(stderr.match(/done before/g)).toHaveLength(1);
      expect(stdout.match(/=== Combined/g)).toHaveLength(1);
      expect(readFileSync(join(folder, 'index.html'), 'utf8')).toContain('a.2_report.html');
    });
  }

  test.each([
    [['--models', 'tiny'], 'name at least one input'],
    [['x.mkv'], 'say which models'],
    [['x.mkv', '--models', 'tiny', '--report', 'y.mkv'], '--report y.mkv: the name must end in .html'],
    [['x.mkv', '--models', 'tiny', '--report-media', 'embed'], 'of no use without --report'],
    [['x.mkv', 'y.mkv', '--models', 'tiny', '--json', 'z.json'], '--json names the file of one input'],
    [['x.mkv', 'y.mkv', '--models', 'tiny', '--report', 'z.html'], 'names the page of one input'],
    [['x.mkv', '--models', 'tiny', '--track'], '--track is of no use without --detect-model'],
    [
      ['x.mkv', '--clap-model', 'm', '--clip-labels', 'a,b'],
      '--clip-labels is of no use without --clip-model',
    ],
    [['--from-existing', 'x.json'], '--from-existing and --classification-txt together'],
    [['x.mkv', '--models', 'tiny', '--scene-threshold', '0'], 'makes every frame a shot'],
    [['x.mkv', '--models', 'tiny', '--json', 'x.mkv'], 'would overwrite'],
    [['x.mkv', '--models', 'tiny', '-o', 'out', '--json', 'out/x_technical.json'], 'would overwrite'],
    [['x.mkv', '--models', 'tiny', '-o', 'o', '--json', 'o/x_report.html', '--report'], 'would overwrite'],
  ])('refuses %j', async (args, message) => {
    const { code, stderr } = await combine(...args);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });

  test('bad rules and stored results are told with their place', async () => {
    const rules = media.path('rules.json');
    await writeFile(rules, '{\n  "pacing": 3\n}');
    const { code, stderr } = await combine(film, ...tiny, '--rules', rules);
    expect([code, stderr]).toEqual([2, expect.stringContaining(`${rules}:2: pacing`)]);
    await writeFile(media.path('old.json'), '{"input_file":"x"}');
    await writeFile(media.path('classes.csv'), 'stream_id,label,avg_probability,count\n0,Animation,2,1\n');
    const stored = ['--from-existing', media.path('old.json')];
    const old = await combine(...stored, '--classification-txt', media.path('classes.csv'));
    expect([old.code, old.stderr]).toEqual([1, expect.stringContaining('old.json: metadata')]);
  });

  describeWithShared('on real films', (shared) => {
    test('a page may have the film in it', async () => {
      const folder = media.path('embed');
      const input = join(shared, 'media/car-detection.mp4');
      const report = join(folder, 'cars.html');
      const args = [input, '--models', 'tiny', '-o', folder, '--report', report, '--report-media', 'embed'];
      expect((await combine(...args)).code).toBe(0);
      expect(readFileSync(report, 'utf8')).toContain('data:video/mp4;base64,');
    });
  });
});
