import { createReadStream } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { averagesFromCsv, type Modality, type ScoresRecord, segmentsFromJson } from '@deepffmpeg/core';
import { findFfmpeg } from '@deepffmpeg/ffmpeg-filters';
import { describeWithFfmpeg, makeClapFolder, makeClipFolder, testPicture } from '@deepffmpeg/test-kit';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openMedia } from '../../src/open-media.js';
import { type Ran, runCommand } from '../run-command.js';

/** The made model hears windows of 0.1 s at 1600 Hz. */
const WINDOWS = 20;
const tone = (settings: string, expression = '0.5*sin(2*PI*200*t)') => [
  ...['-f', 'lavfi', '-i'],
  `aevalsrc='${expression}':${settings}`,
];
const resultsOf = ({ stdout }: Ran) => JSON.parse(stdout).results;

describeWithFfmpeg('sound at the command line', (media) => {
  let hear: string[] = [];
  let see: string[] = [];
  beforeAll(async () => {
    vi.stubEnv('DEEPFFMPEG_CACHE', media.path('cache'));
    hear = ['--clap-model', await makeClapFolder(media.path('clap')), '--clap-labels', 'low,high,noise'];
    hear.push('--clap-template', '{}'); // the made model reads 16 letters
    see = ['--clip-model', await makeClipFolder(media.path('clip')), '--clip-labels', 'red,green,blue'];
    await media.make('tone.wav', ...tone('s=8000:d=2'));
    const film = [...testPicture('s=64x48:r=10:d=2'), ...tone('s=44100:d=2')];
    await media.make('film.mkv', ...film, '-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'pcm_s16le');
    await media.make('mute.mkv', '-i', '{film.mkv}', '-an', '-c', 'copy');
    await media.make('still.png', ...testPicture('s=64x48:d=1'), '-frames:v', '1');
  }, 60_000);
  afterAll(() => void vi.unstubAllEnvs());

  const classify = (...args: string[]) => runCommand(['classify', '--confidence', '0', ...args]);
  const joint = (...args: string[]) => classify(...args, ...hear, ...see, '--sample', '5/s');
  const readScores = async (name: string): Promise<ScoresRecord[]> =>
    (await readFile(media.path(name), 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));

  test('of a recording is scored, too, where pictures are taken by shots', async () => {
    const inputs = [media.path('tone.wav'), media.path('film.mkv')];
    const run = await classify(...inputs, ...hear, ...see, '--sample', 'shots', '--json');
    expect([run.code, run.stderr]).toEqual([3, expect.stringMatching(/tone\.wav has no video/)]);
    const [recording, film] = resultsOf(run);
    expect(recording).toMatchObject({ windows: WINDOWS, frames: 0, missing: ['vision'] });
    expect(film).toMatchObject({ windows: WINDOWS, frames: 1 });
    const alone = await classify(media.path('tone.wav'), ...see, '--sample', 'shots');
    expect([alone.code, alone.stderr]).toEqual([1, expect.stringMatching(/tone\.wav has no video/)]);
  });

  test('is embedded by the models that a file names, with those that flags name', async () => {
    const config = media.path('models_config.json');
    const entries = { clip_model: { path: 'clip' }, clap_model: { path: 'clap' } };
    await writeFile(config, JSON.stringify(entries));
    const embedded = async (...flags: string[]) => {
      const output = media.path('embedded.jsonl');
      const { code, stderr } = await runCommand([
        'embed',
        media.path('film.mkv'),
        ...flags,
        '--output',
        output,
      ]);
      expect(code, stderr).toBe(0);
      const [header = ''] = (await readFile(output, 'utf8')).split('\n');
      return JSON.parse(header).models.map(({ modality }: { modality: Modality }) => modality);
    };
    const from = ['--models-config', config];
    expect(await embedded(...from)).toEqual(['vision', 'audio']);
    expect(await embedded(...from, '--only', 'audio')).toEqual(['audio']);
    expect(await embedded(...from, ...see.slice(0, 2))).toEqual(['vision', 'audio']);
    await writeFile(config, JSON.stringify({ clap_model: entries.clap_model }));
    expect(await embedded(...from)).toEqual(['audio']);
    expect(await embedded(...from, ...see.slice(0, 2))).toEqual(['vision', 'audio']);
    expect(await embedded(...see.slice(0, 2))).toEqual(['vision']);
    for (const flags of [
      ['--audio-window', '1'],
      ['--clap-logit-scale', '2'],
    ]) {
      const args = ['embed', media.path('film.mkv'), ...see.slice(0, 2), ...flags, '--output', config];
      const { code, stderr } = await runCommand(args);
      expect([code, stderr]).toEqual([2, `error: ${flags[0]} requires --clap-model\n`]);
    }
  });

  test('of stdin is read without a command that could be printed, which is told', async () => {
    const args = ['classify', '-', ...hear, '--print-ffmpeg'];
    const stdin = createReadStream(media.path('tone.wav'));
    const { code, stderr } = await runCommand(args, { stdin });
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(/^warning: --print-ffmpeg has no effect on stdin/),
    ]);
    const again = await runCommand([...args, '--spool'], { stdin: createReadStream(media.path('tone.wav')) });
    expect(again.stderr).toMatch(/ffmpeg.* -i /);
    expect(again.stderr).not.toMatch(/warning/);
  });

  test('is scored window by window', async () => {
    const files = [
      ...['--output-stats', media.path('stats.csv'), '--output-scores', media.path('scores.jsonl')],
      ...['--output-segments', media.path('segments.json'), '--segment-enter', '0.01'],
    ];
    const { code, stdout, stderr } = await classify(media.path('tone.wav'), ...hear, ...files);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/tone\.wav\n {2}20 windows of sound scored\n/);
    const averages = averagesFromCsv(await readFile(media.path('stats.csv'), 'utf8'));
    expect(averages.map(({ modality, count }) => [modality, count])).toEqual(
      Array(3).fill(['audio', WINDOWS]),
    );
    const scores = await readScores('scores.jsonl');
    expect(scores.map(({ timestamp }) => timestamp)).toEqual(
      Array.from({ length: WINDOWS }, (_, i) => expect.closeTo(i / 10, 9)),
    );
    expect(scores[0]).toMatchObject({ modality: 'audio', durationSeconds: 0.1, labelSet: '--clap-labels' });
    const segments = segmentsFromJson(await readFile(media.path('segments.json'), 'utf8'));
    expect(segments[0]).toMatchObject({
      modality: 'audio',
      timestamp: 0,
      durationSeconds: expect.closeTo(2, 9),
    });
  });

  test('is heard in the windows that are asked for', async () => {
    const count = async (...args: string[]) =>
      resultsOf(await classify(media.path('tone.wav'), ...hear, '--json', ...args))[0].windows;
    expect(await count('--audio-window', '0.05')).toBe(40);
    expect(await count('--audio-hop', '0.05')).toBe(39); // the last one ends where the sound does
    const { code, stderr } = await classify(media.path('tone.wav'), ...hear, '--audio-window', '3');
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/--audio-window 3: .* takes windows of at most 0\.1 s/),
    ]);
  });

  test('of a format that needs seeking has a hint when it comes from stdin', async () => {
    await media.make('late.m4a', ...tone('s=44100:d=60', 'random(0)'), '-c:a', 'aac'); // its index is at the end
    const stdin = () => createReadStream(media.path('late.m4a'));
    const bare = await runCommand(['classify', '-', ...hear], { stdin: stdin() });
    expect([bare.code, bare.stderr]).toEqual([1, expect.stringContaining('add --spool')]);
    const spooled = await runCommand(['classify', '-', ...hear, '--spool'], { stdin: stdin() });
    expect([spooled.code, spooled.stderr]).toEqual([0, '']);
  });

  test.each([[], ['--spool']])('of an empty stdin %j is told, without a hint', async (...spool) => {
    const { code, stderr } = await runCommand(['classify', '-', ...hear, ...spool]);
    expect([code, stderr]).toEqual([1, '- is empty\n']);
  });

  test('can be closed while stdin is silent', async () => {
    const stdin = new PassThrough();
    stdin.write(await readFile(media.path('film.mkv'))); // and no end
    const plan = { audio: { sampleRate: 1600 } };
    const chunks = openMedia('-', { plan, stdin, ffmpeg: findFfmpeg() });
    let count = 0;
    const reading = (async () => {
      for (let { done } = await chunks.next(); !done; { done } = await chunks.next()) count++;
    })();
    const isSettled = async () => {
      const before = count;
      await sleep(300);
      return count > 0 && count === before;
    };
    while (!(await isSettled()));
    await chunks.return();
    await reading;
    expect(stdin.destroyed).toBe(true);
  });

  test('and sight come from one decode, in one of each output, in order of time', async () => {
    const run = async (name: string) => {
      const files = [
        ...['--output-stats', media.path(`${name}.csv`), '--output-scores', media.path(`${name}.jsonl`)],
        ...['--output-segments', media.path(`${name}.json`), '--segment-enter', '0.01'],
      ];
      const { code, stdout } = await joint(media.path('film.mkv'), ...files, '--json');
      const written = [`${name}.csv`, `${name}.jsonl`, `${name}.json`].map((file) =>
        readFile(media.path(file), 'utf8'),
      );
      return { code, stdout, written: await Promise.all(written) };
    };
    const first = await run('a');
    expect(first.code).toBe(0);
    const [result] = resultsOf({ ...first, stderr: '' });
    expect([result.frames, result.windows, result.partial]).toEqual([10, WINDOWS, false]);
    expect(new Set(result.averages.map(({ streamId }: { streamId: number }) => streamId))).toEqual(
      new Set([0, 1]),
    );
    expect(new Set(result.segments.map(({ modality }: { modality: Modality }) => modality)).size).toBe(2);
    const scores = await readScores('a.jsonl');
    expect(scores).toHaveLength(10 + WINDOWS);
    expect(scores.map(({ timestamp }) => timestamp)).toEqual(
      scores.map(({ timestamp }) => timestamp).toSorted((a, b) => a - b),
    );
    expect(scores.slice(0, 2).map(({ modality }) => modality)).toEqual(['vision', 'audio']);
    const second = await run('b');
    expect([second.stdout, second.written]).toEqual([first.stdout, first.written]);
  });

  test('has a temperature and a scale of its own', async () => {
    const top = async (streamId: number, ...args: string[]) => {
      const [{ averages }] = resultsOf(await joint(media.path('film.mkv'), '--json', ...args));
      const all = (averages as { streamId: number; probability: number }[]).filter(
        (average) => average.streamId === streamId,
      );
      return Math.max(...all.map(({ probability }) => probability));
    };
    const [seen, heard] = [await top(0), await top(1)];
    const flat = ['--clap-temperature', '50'];
    expect(await top(0, ...flat)).toBe(seen);
    expect(await top(1, ...flat)).toBeLessThan(heard);
    expect(await top(1, ...flat)).toBeGreaterThan(1 / 3);
    expect(await top(0, '--clap-logit-scale', '0.1')).toBe(seen);
    expect(await top(1, '--clap-logit-scale', '0.1')).toBeLessThan(heard);
    expect(await top(1, '--temperature', '50', '--clap-temperature', '1')).toBe(heard);
    expect(await top(0, '--temperature', '50', '--clap-temperature', '1')).toBeLessThan(seen);
  });

  test('that a video lacks is told, and its pictures are scored', async () => {
    const { code, stdout, stderr } = await joint(media.path('mute.mkv'), media.path('film.mkv'), '--json');
    expect(code).toBe(3);
    expect(stderr).toMatch(/mute\.mkv has no audio: it holds video/);
    const [mute, film] = resultsOf({ code, stdout, stderr });
    expect(mute).toMatchObject({ frames: 10, windows: 0, missing: ['audio'], partial: false });
    expect(film).not.toHaveProperty('missing');
    expect(mute).not.toHaveProperty('error');
  });

  test('of a recording is scored where pictures were asked for, too', async () => {
    const ran = await joint(media.path('tone.wav'), '--json');
    expect(ran.code).toBe(3);
    expect(resultsOf(ran)[0]).toMatchObject({ frames: 0, windows: WINDOWS, missing: ['vision'] });
  });

  test('is not expected of a picture', async () => {
    const ran = await joint(media.path('still.png'), '--json');
    expect([ran.code, resultsOf(ran)[0].frames]).toEqual([0, 1]);
  });

  test.each([
    { file: 'mute.mkv', message: /has no audio: it holds video/ },
    { file: 'still.png', message: /is a picture: it has no sound/ },
    { file: 'missing.wav', message: /there is no file/ },
  ])('alone cannot be had from $file', async ({ file, message }) => {
    const ran = await classify(media.path(file), ...hear, '--json');
    expect([ran.code, resultsOf(ran)[0].error.code]).toEqual([1, 'ERR_INPUT']);
    expect(ran.stderr).toMatch(message);
  });

  test('of 10 ms, and silence, are heard', async () => {
    await media.make('short.wav', '-i', '{tone.wav}', '-t', '0.01');
    await media.make('silent.wav', '-f', 'lavfi', '-i', 'anullsrc=r=44100', '-t', '5');
    const inputs = [media.path('short.wav'), media.path('silent.wav')];
    const tiny = ['--models', 'tiny', '--clap-labels', 'silence,a tone,noise'];
    const { code, stdout, stderr } = await classify(...inputs, ...tiny, '--json');
    expect([code, stderr]).toEqual([0, '']);
    const results: { windows: number; averages: { label: string; probability: number }[] }[] =
      JSON.parse(stdout).results;
    expect(results.map(({ windows }) => windows)).toEqual([1, 3]);
    const best = results.map(({ averages }) => averages.toSorted((a, b) => b.probability - a.probability)[0]);
    expect(best.map((average) => average?.label)).toEqual(['a tone', 'silence']);
  });

  test('of a folder is found, and that of the stream that is named', async () => {
    await mkdir(media.path('two'));
    const streams = [...tone('s=8000:d=1'), ...tone('s=8000:d=2'), '-map', '0', '-map', '1'];
    await media.make('two/two.mka', ...streams, '-c:a', 'pcm_s16le');
    const count = async (...args: string[]) =>
      resultsOf(await classify(media.path('two'), ...hear, '--json', ...args))[0].windows;
    expect([await count(), await count('--audio-stream', '1')]).toEqual([10, 20]);
  });

  test('is kept in a file of embeddings beside the pictures, and scored from there as it was directly', async () => {
    const vectors = media.path('vectors.jsonl');
    const models = [...see.slice(0, 2), ...hear.slice(0, 2)];
    const inputs = [media.path('film.mkv'), media.path('mute.mkv')];
    const embedded = await runCommand([
      'embed',
      ...inputs,
      ...models,
      '--sample',
      '5/s',
      '--output',
      vectors,
    ]);
    expect([embedded.code, embedded.stderr]).toEqual([3, expect.stringContaining('40 embeddings')]);
    const [header] = (await readFile(vectors, 'utf8')).split('\n');
    expect(JSON.parse(header ?? '').models.map(({ modality }: { modality: Modality }) => modality)).toEqual([
      'vision',
      'audio',
    ]);

    const direct = await joint(...inputs, '--json');
    const again = await classify('--from-embeddings', vectors, ...see, ...hear, '--json');
    expect([again.code, JSON.parse(again.stdout)]).toEqual([3, JSON.parse(direct.stdout)]);
    const seen = await classify('--from-embeddings', vectors, ...see, '--json');
    expect(seen.code).toBe(0); // what the second film lacks was not asked for
    expect(resultsOf(seen)[1]).toMatchObject({ frames: 10, windows: 0 });
  });

  test('alone fails from a file as it did directly', async () => {
    const vectors = media.path('some.jsonl');
    const inputs = ['tone.wav', 'mute.mkv', 'still.png'].map((name) => media.path(name));
    const models = [...see.slice(0, 2), ...hear.slice(0, 2)];
    await runCommand(['embed', ...inputs, ...models, '--output', vectors]);
    const outcomes = async (...args: string[]) => {
      const ran = await classify(...args, ...hear, '--json');
      const errors = resultsOf(ran).map(({ error }: { error?: { code: string } }) => error?.code);
      return [ran.code, errors];
    };
    const direct = await outcomes(...inputs);
    expect(direct).toEqual([3, [undefined, 'ERR_INPUT', 'ERR_INPUT']]);
    expect(await outcomes('--from-embeddings', vectors)).toEqual(direct);
  });

  test('cannot be scored from a file without it', async () => {
    const vectors = media.path('seen.jsonl');
    await runCommand(['embed', media.path('still.png'), ...see.slice(0, 2), '--output', vectors]);
    const { code, stderr } = await classify('--from-embeddings', vectors, ...hear);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/has no embeddings of audio/)]);
  });

  test.each([
    {
      args: ['--clap-model', 'x', '--clip-labels', 'a,b'],
      message: /--clap-model requires --clap-labels/,
    },
    {
      args: ['--audio-stream', '1', '--clip-labels', 'a,b'],
      message: /--audio-stream requires --clap-labels/,
    },
    {
      args: ['--sample', '2/s', '--clap-labels', 'a,b'],
      message: /--sample requires --clip-labels/,
    },
    {
      args: ['--clap-labels', 'a,b', '--segment-enter', '0.3', '--segment-exit', '0.6'],
      message: /--segment-exit 0\.6: expected at most --segment-enter, which is 0\.3/,
    },
    {
      args: ['--clap-labels', 'a,b', '--from-embeddings', 'x', '--audio-window', '2'],
      message: /--audio-window cannot be used with --from-embeddings/,
    },
    {
      args: ['--clip-logit-bias', '1', '--clap-labels', 'a,b'],
      message: /--clip-logit-bias requires --clip-labels/,
    },
    {
      args: ['--clip-template', '{}', '--clap-labels', 'a,b'],
      message: /--clip-template requires --clip-labels/,
    },
    {
      args: ['--clap-labels', 'a,b'],
      message:
        /say which model: --models balanced .*--clap-model FOLDER or NAME, --models-config FILE, or --models tiny/,
    },
    { args: ['--clap-labels', 'a,b', '--clap-categories', 'x'], message: /cannot be used with/ },
    {
      args: ['--clap-labels', 'a,b', '--clap-model', 'x', '--models', 'tiny'],
      message: /cannot be used with/,
    },
    {
      args: [],
      message: /for audio, --clap-labels or --clap-categories; or an object detection model, --detect-model/,
    },
  ])('$args is a mistake in the command', async ({ args, message }) => {
    const { code, stderr } = await classify(media.path('tone.wav'), ...args);
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  });

  test('of the small models is embedded beside sight, or alone', async () => {
    const vectors = media.path('tiny.jsonl');
    const modalities = async (...args: string[]) => {
      const { code } = await runCommand([
        'embed',
        media.path('film.mkv'),
        '--models',
        'tiny',
        '--output',
        vectors,
        ...args,
      ]);
      const lines = (await readFile(vectors, 'utf8')).trim().split('\n').slice(1);
      return [code, [...new Set(lines.map((line) => JSON.parse(line).modality))]];
    };
    expect(await modalities()).toEqual([0, ['vision', 'audio']]);
    expect(await modalities('--only', 'audio')).toEqual([0, ['audio']]);
    const { code, stderr } = await runCommand([
      'embed',
      'x',
      ...hear.slice(0, 2),
      '--only',
      'audio',
      '--output',
      vectors,
    ]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/--only requires --models/)]);
  });
});
