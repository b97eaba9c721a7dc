import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
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
    expect(stdout).toContain('\nSmall Models: moods, genres');
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
    expect(stdout).toContain(`Results saved to: ${json}\nReport: ${media.path('again.html')}\n`);
    expect(existsSync(media.path('again.html'))).toBe(true);

    const moved = media.path('moved.json');
    await writeFile(
      moved,
      JSON.stringify({ ...readJson(join(folder, 'film_technical.json')), input_file: 'moved.mkv' }),
    );
    const unnamed = await combine(
      ...['--from-existing', moved, '--classification-txt', join(folder, 'film_classifications.txt')],
      ...['--report', '-o', media.path('moved')],
    );
    expect(unnamed.stderr).toMatch(/^warning: moved\.mkv, .*name the film before the flags/);

    const result = join(folder, 'film_combined_analysis.json');
    const before = readFileSync(result);
    const csv = ['--classification-txt', join(folder, 'film_classifications.txt')];
    const over = await combine(film, ...stored, ...csv, '-o', folder);
    expect([over.code, over.stderr]).toEqual([2, expect.stringMatching(/would be lost: name another file/)]);
    expect(readFileSync(result)).toEqual(before);
  });

  test('tells of the sound that it listened to, also from what is stored', async () => {
    const two = await media.make(
      'two-sounds.mkv',
      ...lavfi('testsrc=s=160x90:r=10:d=2', 'sine=f=440:r=48000:d=2', 'sine=f=880:r=22050:d=2'),
      ...['-map', '0', '-map', '1', '-map', '2', '-c:v', 'ffv1', '-c:a', 'pcm_s16le'],
    );
    const folder = media.path('two-sounds');
    const qualityOf = (where = folder) =>
      readJson(join(where, 'two-sounds_combined_analysis.json')).combined_insights.quality_assessment;
    const first = await combine(two, ...tiny, '--fast', '-o', folder, '--audio-stream', '2');
    expect(first.stdout).toContain('\n- Audio: pcm_s16le 22050Hz 1ch\n');
    const quality = qualityOf();
    expect(quality.technical_quality.codec_info.audio.sample_rate).toBe('22050');
    expect(quality.audio_quality.factors).not.toContain('Professional audio sampling rate');
    const again = await combine(
      ...[two, '--from-existing', join(folder, 'two-sounds_technical.json')],
      ...['--classification-txt', join(folder, 'two-sounds_classifications.txt')],
      ...['-o', media.path('two-sounds-again')],
    );
    expect(again.stdout).toContain('\n- Audio: pcm_s16le 22050Hz 1ch\n');
    expect(qualityOf(media.path('two-sounds-again'))).toEqual(quality);
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
    for (const flags of [['--fast'], ['--detector', 'content'], ['--scene-threshold', '0.4']])
      expect((await combine(...stored, ...csv, ...flags)).code).toBe(2);
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
      ...[film, '--clap-model', 'tiny', '--clip-model', 'nobody/no-such-model', '-o', folder],
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
    expect(stdout).toMatch(/\nVideo Quality: None\n/);
    expect(stdout).toMatch(/\n- Cover: 64x64 \(png\)\n- Audio: mp3 /);
    expect(stdout).not.toMatch(/Scenes|Narrative|Pacing/);
    const technically = await runCommand(['analyze', covered, '-o', folder]);
    expect(technically.stdout).toMatch(/\nCover: 64x64 \(png\)\nAudio: mp3 /);
    expect(technically.stdout).not.toMatch(/Video|[Ss]cene/);
    const page = (where = folder) => readFileSync(join(where, 'covered_report.html'), 'utf8');
    expect(page()).toContain('<audio id="player"');
    expect(page()).not.toContain('fps');
    // As the original may mark scenes in sound: what the file tells of its streams is what counts.
    const technical = join(folder, 'covered_technical.json');
    const { scene_analysis, ...rest } = readJson(technical);
    const scenes = { ...scene_analysis, scene_count: 2, scene_timestamps: [0, 6] };
    await writeFile(technical, JSON.stringify({ ...rest, scene_analysis: scenes }));
    const stored = [
      ...['--from-existing', technical],
      ...['--classification-txt', join(folder, 'covered_classifications.txt')],
    ];
    const elsewhere = media.path('covered-again');
    const again = await combine(covered, ...stored, '-o', elsewhere, '--report');
    expect(again.code).toBe(0);
    expect(again.stdout).not.toMatch(/Scenes|Narrative|Pacing/);
    expect(page(elsewhere)).toContain('<audio id="player"');
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
    const again = await combine(
      ...[cut, '--from-existing', join(folder, 'cut_technical.json')],
      ...['--classification-txt', join(folder, 'cut_classifications.txt')],
      ...['-o', media.path('cut-again'), '--report'],
    );
    expect(again.stdout).toMatch(/\nBroke Off: the stored results end at [3-7]\.\d\ds\n/);
    const page = readFileSync(media.path('cut-again/cut_report.html'), 'utf8');
    expect(page).toMatch(/The film broke off at 0:0[3-7]\.\d\./);
    expect(page).toMatch(/"durationSeconds":12,"readSeconds":[3-7][.,]/);
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
