import { existsSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ScoresRecord } from '@deepffmpeg/core';
import { nativeFfmpegPath } from '@deepffmpeg/ffmpeg-filters';
import { describeWithFfmpeg, describeWithShared, makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { runCommand } from '../run-command.js';

const native = nativeFfmpegPath() ?? '';
const isBuilt = existsSync(native);
const library = (name: string) => existsSync(join(native, '../../lib', `libdeepffmpeg_${name}.so`));
const TINY = ['--models', 'tiny', '--clip-labels', 'red,green,blue', '--clap-labels', 'a tone,noise,silence'];

describe('the native engine', () => {
  test.each([
    [
      ['--engine', 'native', '--detect-model', 'x.onnx'],
      'so it would find other objects: take --engine onnx, or call the filters',
    ],
    [['--engine', 'native', '--sample', 'shots'], '--sample shots with --engine native'],
    [['--engine', 'native', '--background', 'red'], '--background cannot be used'],
    [['--runtime', 'torch'], '--runtime requires --engine native'],
  ])('refuses what it cannot do: %s', async (flags, message) => {
    const { code, stderr } = await runCommand(['classify', 'film.mp4', ...TINY, ...flags]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });

  test('labels are written for one model at a time, and never over the labels', async () => {
    const both = await runCommand(['embed-labels', ...TINY, '--output', 'x']);
    expect([both.code, both.stderr]).toEqual([2, expect.stringContaining('into two files')]);
  });

  test('where it is, once it has been built', async () => {
    const { code, stdout, stderr } = await runCommand(['native', 'where']);
    if (isBuilt) expect([code, stdout]).toEqual([0, `${native}\n`]);
    else expect([code, stderr]).toEqual([1, expect.stringContaining('deepffmpeg native build')]);
  });
});

describeWithFfmpeg('the native engine beside onnxruntime', (media) => {
  let film = '';
  beforeAll(async () => {
    vi.stubEnv('DEEPFFMPEG_CACHE', media.path('cache'));
    film = media.path('film.mkv');
    const picture = ['-f', 'lavfi', '-i', "color=red:s=98x64:r=10:d=3,hue=h='t*90'"];
    const sound = ['-f', 'lavfi', '-i', "aevalsrc='sin(880*PI*t)*0.3|random(0)*0.2':s=44100:d=4.6"];
    await media.make('film.mkv', ...picture, ...sound, '-c:v', 'ffv1', '-c:a', 'pcm_s16le');
  }, 60_000);
  afterAll(() => void vi.unstubAllEnvs());

  test('another ffmpeg than ours is told from it', async () => {
    vi.stubEnv('DEEPFFMPEG_FFMPEG', 'ffmpeg');
    const { code, stderr } = await runCommand(['classify', film, ...TINY, '--engine', 'native']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('has no filter clip, clap')]);
  });

  describe.skipIf(!isBuilt || !library('openvino'))('where it has been built', () => {
    beforeAll(() => void vi.stubEnv('DEEPFFMPEG_FFMPEG', native));

    test.each([['1/s'], ['all'], ['at:0.55,2.01'], ['every:7']])(
      'gives the same, sampled %s',
      async (sample) => {
        const { onnx, native } = await bothEngines([film, ...TINY, '--sample', sample], media.path('out'));
        // In a picture of one colour the tiny tower looks at how far pixels are from their mean, which the runtimes round differently:
        // cosines are up to 2e-5 apart, which its scale of 40 makes 2e-4 at most.
        expectSame(native, onnx, 3e-4);
      },
    );

    test('gives the same for windows that overlap, and other temperatures', async () => {
      const flags = [
        '--audio-window',
        '1.5',
        '--audio-hop',
        '0.7',
        '--clip-temperature',
        '3',
        '--clap-logit-scale',
        '4',
      ];
      const { onnx, native } = await bothEngines([film, ...TINY, ...flags], media.path('out'));
      expectSame(native, onnx);
    });

    test('takes no pictures, and leaves nothing behind', async () => {
      await media.make('still.png', '-f', 'lavfi', '-i', 'color=red:s=64x64', '-frames:v', '1');
      const { code, stderr } = await runCommand([
        'classify',
        media.path('still.png'),
        ...TINY,
        '--engine',
        'native',
      ]);
      expect([code, stderr]).toEqual([1, expect.stringContaining('takes videos and recordings only')]);
      expect((await readdir(tmpdir())).filter((name) => name.startsWith('deepffmpeg-native-'))).toEqual([]);
    });

    test('ends at once when it is interrupted', async () => {
      await media.make('long.mkv', '-f', 'lavfi', '-i', 'testsrc2=s=320x240:r=30:d=120', '-c:v', 'mpeg4');
      const signal = AbortSignal.timeout(1500);
      const args = ['classify', media.path('long.mkv'), '--models', 'tiny', '--clip-labels', 'red,blue'];
      const { code } = await runCommand([...args, '--sample', 'all', '--engine', 'native'], { signal });
      expect(code).toBe(130);
      expect((await readdir(tmpdir())).filter((name) => name.startsWith('deepffmpeg-native-'))).toEqual([]);
    });

    test('labels that were embedded are those that the filter reads', async () => {
      const texts = media.path('colours.texts');
      const flags = ['--models', 'tiny', '--clip-labels', 'red,green,blue', '--temperature', '2'];
      const { code } = await runCommand(['embed-labels', ...flags, '--output', texts]);
      expect(code).toBe(0);
      const head = (await readFile(texts, 'latin1')).split('\n\n')[0];
      expect(head).toMatch(/^deepffmpeg-texts 1\nmedium video\n/);
      expect(head).toContain('temperature 2\n');
      expect(head).toContain('row labels\tblue');
    });

    test('its check names filters and runtimes', async () => {
      const { code, stdout } = await runCommand(['native', 'check']);
      expect(code).toBe(0);
      for (const name of ['filter clip', 'filter clap', 'filter avgclass', 'runtime openvino'])
        expect(stdout).toContain(`ok       ${name}`);
    });
  });
});

describeWithShared('the native engine on real films', (shared) => {
  beforeAll(() => void vi.stubEnv('DEEPFFMPEG_FFMPEG', native));
  afterAll(() => void vi.unstubAllEnvs());
  const models = (name: string) => join(shared, 'golden/models', name);

  test.skipIf(!isBuilt || !library('openvino')).each([
    ['big-buck-bunny-30s.webm', '2/s'],
    ['car-detection.mp4', 'keyframes'],
  ])(
    'scores %s as onnxruntime does',
    async (name, sample) => {
      const flags = [
        '--clip-model',
        models('clip-tiny'),
        '--clip-labels',
        'a cat,a dog,a car,a tree',
        '--sample',
        sample,
      ];
      const sound = [
        '--clap-model',
        join(shared, 'models/clap-yamnet'),
        '--clap-labels',
        'applause,rain,typing,jazz',
      ];
      const { onnx, native } = await bothEngines(
        [join(shared, 'media', name), ...flags, ...sound],
        join(await makeTemporaryFolder(), 'out'),
      );
      expectSame(native, onnx, 0.01);
    },
    120_000,
  );

  test.skipIf(!isBuilt || !library('torch'))(
    'LibTorch too',
    async () => {
      const flags = ['--clip-model', models('clip-tiny'), '--clip-labels', 'a cat,a dog,a car,a tree'];
      const film = join(shared, 'media', 'big-buck-bunny-30s.webm');
      const { onnx, native } = await bothEngines([film, ...flags], join(await makeTemporaryFolder(), 'out'), [
        '--runtime',
        'torch',
      ]);
      expectSame(native, onnx, 0.01);
    },
    120_000,
  );
});

interface Outputs {
  readonly csv: string;
  readonly scores: readonly ScoresRecord[];
}

async function bothEngines(args: readonly string[], out: string, more: readonly string[] = []) {
  const runWith = async (engine: readonly string[]): Promise<Outputs> => {
    const [csv, scores] = [`${out}.csv`, `${out}.jsonl`];
    const files = ['--output-stats', csv, '--output-scores', scores];
    const { code, stderr } = await runCommand(['classify', ...args, ...engine, ...files]);
    expect([code, stderr.replaceAll(/^warning: .*\n/gm, '')]).toEqual([0, '']);
    const [stats, lines] = await Promise.all([readFile(csv, 'utf8'), readFile(scores, 'utf8')]);
    await Promise.all([rm(csv), rm(scores)]);
    return {
      csv: stats,
      scores: lines
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    };
  };
  return { onnx: await runWith([]), native: await runWith(['--engine', 'native', ...more]) };
}

/** The same rows, times to a billionth of a second, and probabilities within `tolerance`. */
function expectSame(ours: Outputs, theirs: Outputs, tolerance = 1e-4): void {
  const about = ({ groups, timestamp, durationSeconds, ...rest }: ScoresRecord) => ({
    ...rest,
    times: [timestamp.toFixed(9), durationSeconds.toFixed(9)],
    labels: groups.flatMap(({ labels }) => labels.map(({ label }) => label)),
  });
  expect(ours.scores.map(about)).toEqual(theirs.scores.map(about));
  const probabilities = ({ scores }: Outputs) =>
    scores.flatMap(({ groups }) =>
      groups.flatMap(({ labels }) => labels.map(({ probability }) => probability)),
    );
  const expected = probabilities(theirs);
  for (const [i, probability] of probabilities(ours).entries())
    expect(Math.abs(probability - expected[i]!)).toBeLessThan(tolerance); // as many, by the rows above
  const rows = ({ csv }: Outputs) =>
    csv.replaceAll(/,([01]\.\d{4}),/g, (_, mean) => `,${Number(mean).toFixed(2)},`);
  expect(rows(ours)).toBe(rows(theirs));
}
