import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs';
import { appendFile, mkdir, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { findFfmpeg } from '@deepffmpeg/ffmpeg-filters';
import { analyseTechnical } from '@deepffmpeg/technical';
import { describeWithFfmpeg, describeWithShared } from '@deepffmpeg/test-kit';
import sharp from 'sharp';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { writeShotImages } from '../../src/shot-images.js';
import { runCommand } from '../run-command.js';

describeWithFfmpeg('analyze', (media) => {
  let film = '';
  beforeAll(async () => {
    // A cut after 2 s; silence from 1 s to 2 s.
    film = await media.make(
      'film.mkv',
      ...[
        '-f',
        'lavfi',
        '-i',
        'testsrc=s=320x180:r=25:d=2',
        '-f',
        'lavfi',
        '-i',
        'mandelbrot=s=320x180:r=25',
      ],
      ...['-f', 'lavfi', '-i', "aevalsrc='if(between(t,1,2),0,0.3*sin(2*PI*440*t))':s=48000:d=4"],
      ...[
        '-filter_complex',
        '[1:v]trim=duration=2[b];[0:v][b]concat=n=2:v=1[v]',
        '-map',
        '[v]',
        '-map',
        '2:a',
      ],
      ...['-c:v', 'ffv1', '-c:a', 'pcm_s16le'],
    );
  });
  const analyze = (...args: string[]) => runCommand(['analyze', ...args]);
  const readJson = (path: string) => JSON.parse(readFileSync(path, 'utf8'));

  test('an input has the same number, whether one before it of its name failed or not', async () => {
    const broken = media.path('broken/film.mkv');
    await mkdir(media.path('broken'));
    await writeFile(broken, 'no film');
    const folder = media.path('numbered');
    expect((await analyze(broken, film, '-o', folder)).code).toBe(3);
    expect(readdirSync(folder)).toEqual(['film.2_analysis.json']);
  });

  test.each([
    ['-o', (file: string) => file],
    ['-o', (file: string) => join(file, 'sub')],
    ['--json', (file: string) => join(file, 'x.json')],
  ])('%s that can be no folder is told before the work, in plain words', async (flag, pathOf) => {
    const file = media.path('no-folder');
    await writeFile(file, '');
    const { code, stdout, stderr } = await analyze(film, flag, pathOf(file));
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^error: cannot write into .*no-folder.*: (EEXIST|ENOTDIR): .*\n$/);
  });

  test("writes the original's document with what it does not have, and a summary", async () => {
    const folder = media.path('out');
    const { code, stdout, stderr } = await analyze(film, '-o', folder);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/=== Media Analysis Summary ===\nFile: .*film\.mkv\n/);
    expect(stdout).toMatch(/Video: 320x180 @ 25\.00fps \(ffv1\)\nScenes: 2 detected\n/);
    expect(stdout).toMatch(/\nsilence: 1\.00 seconds in all\n/);
    const document = readJson(join(folder, 'film_analysis.json'));
    expect(Object.keys(document)).toEqual([
      'input_file',
      'metadata',
      'scene_analysis',
      'audio_analysis',
      'system_info',
      'analysis_parameters',
      'details',
    ]);
    expect(document.scene_analysis).toMatchObject({ scene_timestamps: [0, 2], detection_method: 'adaptive' });
    expect(document.details.shots).toMatchObject([
      { startFrame: 0, endFrame: 50, kind: 'start' },
      { startFrame: 50, endFrame: 100, kind: 'cut' },
    ]);
    expect(document.details.events).toContainEqual(expect.objectContaining({ kind: 'silence' }));
  });

  test('writes shots in every format, and nothing else', async () => {
    const folder = media.path('shots');
    const formats = ['csv', 'edl', 'otio', 'fcpxml', 'ffmetadata', 'vtt', 'qp'];
    const { code } = await analyze(film, '-o', folder, '--export', formats.join());
    expect(code).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(
      ['film_analysis.json', ...formats.map((format) => `film_shots.${format}`)].sort(),
    );
    expect(readFileSync(join(folder, 'film_shots.qp'), 'utf8')).toMatch(/^0 I.*\n50 I/);
  });

  test('shots are shown on a sheet, and each by itself', async () => {
    const folder = media.path('seen');
    const { code, stderr } = await analyze(film, '-o', folder, '--contact-sheet', '--shot-pictures');
    expect([code, stderr]).toEqual([0, '']);
    expect(readdirSync(join(folder, 'film_shots'))).toEqual(['.deepffmpeg-pictures', '0001.jpg', '0002.jpg']);
    const sheet = join(folder, 'film_contact_sheet.jpg');
    expect(readJson(join(folder, 'film_analysis.json')).scene_analysis.thumbnail_path).toBe(sheet);
    expect(await sharp(sheet).metadata()).toMatchObject({ width: 2 * 324 + 4, height: 180 + 8 });
    expect(await sharp(join(folder, 'film_shots/0001.jpg')).metadata()).toMatchObject({ width: 320 });
  });

  test('of sound alone there are no files of shots, which is told', async () => {
    const sound = await media.make('alone.wav', '-f', 'lavfi', '-i', 'sine=d=1');
    const folder = media.path('alone');
    const shots = ['--contact-sheet', '--shot-pictures', '--export', 'csv,edl,otio'];
    const { code, stderr } = await analyze(sound, '-o', folder, ...shots);
    expect([code, stderr]).toEqual([
      0,
      `warning: ${sound}: a video was expected for --contact-sheet, --shot-pictures, --export, and there are no shots: nothing is written for it\n`,
    ]);
    expect(readdirSync(folder)).toEqual(['alone_analysis.json']);
  });

  test.each([
    ['film_shots.csv', '--export', 'edl,csv'],
    ['film_contact_sheet.jpg', '--contact-sheet'],
    ['film_shots', '--shot-pictures'],
  ])('--json %s is refused where %s writes', async (name, ...flags) => {
    const folder = media.path('one-place');
    const { code, stderr } = await analyze(film, '-o', folder, '--json', join(folder, name), ...flags);
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(`${flags[0]} .*${name} would overwrite what --json names`),
    ]);
    expect(existsSync(folder)).toBe(false);
  });

  test('stdin is read as a file is', async () => {
    const path = media.path('stdin.json');
    const { code } = await runCommand(['analyze', '-', '--json', path], { stdin: createReadStream(film) });
    expect(code).toBe(0);
    expect(readJson(path)).toMatchObject({ input_file: '-', scene_analysis: { scene_count: 2 } });
  });

  test('of a film that does not say how long it is, what was read tells', async () => {
    const live = await media.make('live.mkv', '-i', '{film.mkv}', '-c', 'copy', '-live', '1');
    const server = createServer((_, response) => createReadStream(live).pipe(response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo; // it listens on a port
    const path = media.path('live.json');
    const { stdout } = await analyze(`http://127.0.0.1:${port}/live`, '--json', path);
    expect(stdout).toMatch(/^Duration: 4\.00 seconds$/m);
    const { metadata, scene_analysis } = readJson(path);
    expect([metadata.duration, scene_analysis.average_scene_duration]).toEqual([null, expect.closeTo(2)]);
  });

  test.each([[], ['--fast']])('an empty stdin is told by its name %j', async (...flags) => {
    const { code, stderr } = await runCommand(['analyze', '-', '-o', media.path('of-stdin'), ...flags]);
    expect([code, stderr]).toEqual([1, '- is empty\n']);
  });

  test('a threshold asks for the detector that has one; --fast decodes nothing', async () => {
    const path = media.path('one.json');
    await analyze(film, '--json', path, '--scene-threshold', '0.05');
    expect(readJson(path)).toMatchObject({
      scene_analysis: { detection_method: 'content', threshold_used: 0.05 },
      analysis_parameters: { scene_threshold: 0.05 },
    });
    await analyze(film, '--json', path, '--fast');
    const { scene_analysis, details } = readJson(path);
    expect(scene_analysis.detection_method).toBe('showinfo');
    expect(details.events).toEqual([]);
    expect(details).not.toHaveProperty('sound');
  });

  test('one bad input does not stop the others, and inputs of one name have files of their own', async () => {
    const folder = media.path('many');
    const broken = media.path('broken.mkv');
    const { code, stderr } = await analyze(film, broken, film, '-o', folder);
    expect(code).toBe(3);
    expect(stderr).toMatch(/broken\.mkv/);
    expect(readdirSync(folder)).toEqual(['film_analysis.json']);
  });

  const drawn = ['-f', 'lavfi', '-i', 'testsrc2=s=64x64:r=25:d=2'];
  const heard = ['-f', 'lavfi', '-i', 'sine=d=2', '-c:v', 'ffv1', '-c:a', 'pcm_s16le'];
  test.each([
    { name: 'mute.mkv', args: [...drawn, '-c:v', 'ffv1'], found: { frames: 50, seconds: undefined } },
    { name: 'sound.wav', args: heard, found: { frames: undefined, seconds: 2 } },
    { name: 'one.mkv', args: [...drawn, '-frames:v', '1', '-c:v', 'ffv1'], found: { frames: 1 } },
    { name: 'short.mkv', args: [...drawn, ...heard, '-t', '0.1'], found: { frames: 3, seconds: 0.1 } },
  ])('an input that has little is analysed: $name', async ({ name, args, found }) => {
    await media.make(name, ...args);
    const { code, stderr } = await analyze(media.path(name), '--json', media.path('little.json'));
    expect([code, stderr]).toEqual([0, '']);
    const { details } = readJson(media.path('little.json'));
    expect(details.picture?.frames).toBe(found.frames);
    if (found.seconds !== undefined) expect(details.sound.durationSeconds).toBeCloseTo(found.seconds, 2);
  });

  test.each([
    {
      name: 'still.png',
      args: [...drawn, '-frames:v', '1'],
      message: /is a still picture: there is no time/,
    },
    { name: 'none.wav', args: [...heard, '-t', '0'], message: /no audio of .* can be decoded: it is empty/ },
    { name: 'header.mkv', args: [...drawn, ...heard], bytes: 4, message: /header\.mkv/ },
    { name: 'empty.mkv', args: [...drawn, ...heard], bytes: 0, message: /empty\.mkv is empty/ },
  ])('an input with nothing to analyse is an error, and leaves no file: $name', async (bad) => {
    const { name, args, bytes, message } = bad;
    const path = await media.make(name, ...args);
    if (bytes !== undefined) await truncate(path, bytes);
    const folder = media.path(`nothing-of-${name}`);
    const { code, stdout, stderr } = await analyze(path, '-o', folder);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(message);
    expect(existsSync(folder)).toBe(false);
  });

  test('an input that broke off or jumps back in time is analysed as far as it goes, and told', async () => {
    const bytes = readFileSync(film);
    await writeFile(media.path('cut.mkv'), bytes.subarray(0, bytes.length / 2));
    const encoded = ['-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac'];
    const once = readFileSync(await media.make('once.ts', ...drawn, ...heard, ...encoded));
    await writeFile(media.path('twice.ts'), Buffer.concat([once, once]));
    const folder = media.path('damaged');
    const inputs = ['cut.mkv', 'twice.ts'].map((name) => media.path(name));
    const { code, stderr } = await analyze(...inputs, '-o', folder, '--export', 'csv,edl,otio,fcpxml,vtt,qp');
    expect(code).toBe(3);
    expect(stderr).toMatch(/cut\.mkv: partial: its video ends at/);
    expect(stderr).toMatch(/twice\.ts: partial: the time stamps of its video run backwards/);
    expect(readJson(join(folder, 'twice_analysis.json')).details.picture.frames).toBe(100);
    expect(readdirSync(folder)).toHaveLength(2 * 7);
  });

  test('--fast tells what broke off as well, and of what is whole that it is', async () => {
    const sound = await media.make('sound.mka', '-f', 'lavfi', '-i', 'sine=d=9', '-c:a', 'flac');
    const guessed = await media.make(
      'guessed.mp3',
      ...['-f', 'lavfi', '-i', "aevalsrc='if(lt(t,20),0,random(0))':d=25"],
      ...['-c:a', 'libmp3lame', '-q:a', '0', '-write_xing', '0', '-id3v2_version', '0'],
    );
    const short = await media.make(
      'short.mkv',
      ...drawn.slice(0, 4),
      ...['-f', 'lavfi', '-i', 'sine=d=19'],
      '-c:v',
      'ffv1',
    );
    for (const path of [film, sound, guessed, short]) {
      const { code, stderr } = await analyze(path, '--fast', '-o', media.path('fast'));
      expect([code, stderr], path).toEqual([0, '']);
    }
    for (const [path, kind] of [
      [film, 'video'],
      [sound, 'audio'],
    ] as const) {
      const cut = `${path}.cut.mkv`;
      const bytes = readFileSync(path);
      await writeFile(cut, bytes.subarray(0, bytes.length / 2));
      const { code, stderr } = await analyze(cut, '--fast', '-o', media.path('fast'));
      expect(code, cut).toBe(3);
      expect(stderr).toMatch(`partial: its ${kind} ends at`);
    }
  });

  test('pictures of shots are those of this run, and a sheet that is not whole is told', async () => {
    const folder = media.path('pictures');
    const shots = join(folder, 'film_shots');
    const pictures = () => readdirSync(shots).filter((name) => name.endsWith('.jpg'));
    const run = () => analyze(film, '-o', folder, '--shot-pictures');
    expect((await run()).code).toBe(0);
    // As if there had been more shots.
    await appendFile(join(shots, '.deepffmpeg-pictures'), '0012.jpg\n');
    for (const name of ['0012.jpg', 'mine.jpg']) await writeFile(join(shots, name), 'old');
    expect((await run()).code).toBe(0);
    expect(pictures()).toEqual(['0001.jpg', '0002.jpg', 'mine.jpg']);

    await writeFile(join(shots, '2019.jpg'), 'of a holiday');
    const { stderr } = await run();
    expect(stderr).toContain(`${join(shots, '2019.jpg')} is of no earlier run and might be lost`);
    expect(pictures()).toContain('2019.jpg');

    const analysis = await analyseTechnical(film);
    const warnings: string[] = [];
    const ffmpeg = await findFfmpeg();
    const { signal } = new AbortController();
    const wanted = { sheet: join(folder, 'sheet.jpg'), pictures: undefined, ffmpeg, signal };
    const onWarning = (message: string) => warnings.push(message);
    for (const most of [2, 1]) await writeShotImages(film, analysis, { ...wanted, onWarning }, most);
    expect(warnings).toEqual(['the contact sheet shows the first 1 of 2 shots']);
  });

  test('a film of an extreme shape has a contact sheet, too', async () => {
    const tall = await media.make('tall.mkv', '-f', 'lavfi', '-i', 'testsrc2=s=16x2000:d=1', '-c:v', 'ffv1');
    const folder = media.path('tall');
    expect((await analyze(tall, '-o', folder, '--contact-sheet')).code).toBe(0);
    const { width, height } = await sharp(join(folder, 'tall_contact_sheet.jpg')).metadata();
    expect([width, height]).toEqual([5 + 8, 640 + 8]);
  });

  test('pictures that change their size are cut there at most once', async () => {
    const parts = ['testsrc2=s=64x64:r=25:d=2', 'mandelbrot=s=320x180:r=25:end_pts=50,trim=end_frame=50'];
    const pictures: Buffer[] = [];
    for (const part of parts)
      pictures.push(readFileSync(await media.make('part.mjpeg', '-f', 'lavfi', '-i', part)));
    await writeFile(media.path('sizes.mjpeg'), Buffer.concat(pictures));
    const film = await media.make('sizes.mkv', '-framerate', '25', '-i', '{sizes.mjpeg}', '-c', 'copy');
    const { code, stdout } = await analyze(film, '-o', media.path('sizes'));
    expect(code).toBe(0);
    expect(stdout).toMatch(/\nScenes: 2 detected\n/);
    expect(readJson(media.path('sizes/sizes_analysis.json')).scene_analysis.scene_timestamps).toEqual([0, 2]);
  });

  test.each([
    [[], /name at least one input/],
    [['--export', 'doc', 'a.mkv'], /Allowed are csv, edl/],
    [['--fast', '--detector', 'adaptive', 'a.mkv'], /isFast decodes none|--fast/],
    [
      ['--detector', 'adaptive', '--scene-threshold', '0.2', 'a.mkv'],
      /of the detector content|--scene-threshold/,
    ],
  ])('%j is a mistake in the command', async (args, message) => {
    const named = args.map((arg) => (arg === 'a.mkv' ? film : arg));
    const { code, stderr } = await analyze(...named);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });

  test('classify --sample shots has one frame stand for each shot, for as long as it lasts', async () => {
    const labels = ['--models', 'tiny', '--clip-labels', 'dark,bright', '--segment-enter', '0'];
    const scores = media.path('shots.jsonl');
    const args = [film, ...labels, '--sample', 'shots', '--json', '--output-scores', scores];
    const { code, stdout } = await runCommand(['classify', ...args]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).results[0].frames).toBe(2);
    const lines = readFileSync(scores, 'utf8').trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { timestamp: 0, durationSeconds: 2 },
      { timestamp: 2, durationSeconds: 2 },
    ]);
    const stdin = await runCommand(['classify', '-', ...labels, '--sample', 'shots'], {
      stdin: createReadStream(film),
    });
    expect(stdin.code).toBe(2);
    expect(stdin.stderr).toMatch(/reads an input twice/);
  });

  describeWithShared('on real films', (shared) => {
    test.each(['big-buck-bunny-30s', 'car-detection'])(
      "the summary has the original's lines, in its order: %s",
      async (stem) => {
        const name = stem === 'car-detection' ? `${stem}.mp4` : `${stem}.webm`;
        const path = media.path(`${stem}.json`);
        const { stdout } = await analyze(
          join(shared, 'media', name),
          '--detector',
          'keyframes',
          '--json',
          path,
        );
        const ours = stdout.split('\n');
        const theirs = readFileSync(join(shared, `golden/seed-technical/${stem}_analysis.stdout.txt`), 'utf8')
          .split('\n')
          // It tells a threshold of keyframes, too, in which it changes nothing.
          .filter((line) => line !== '' && !/^(File|Scene threshold|Analysis results)/.test(line))
          // What its probe heard beside the second that it meant: see KNOWN_PEAKS in the tests of technical.
          .map((line) =>
            line.replace('9.50s: volume_peak (intensity: 0.79)', '9.50s: volume_peak (intensity: 0.70)'),
          );
        expect(ours.filter((line) => theirs.includes(line))).toEqual(theirs);
      },
    );
  });
});
