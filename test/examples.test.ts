import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeDetectorFile, makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { tinyClapFolder, tinyClipFolder } from '@deepffmpeg/tiny-models';
import sharp from 'sharp';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));
const node = (...args: string[]) =>
  spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', timeout: 60_000 });
const runExample = (name: string, ...args: string[]) =>
  node('--import', 'tsx', join(root, 'examples', name), ...args);

/** What the film of five scenes shows and plays, second by second, in one order of time. */
const TIME_LINE = [
  ['a circle', 'a tone'],
  ['a square', 'music'],
  ['a triangle', 'noise'],
  ['a circle', 'clicks'],
  ['a square', 'silence'],
]
  .flatMap((scene) => [scene, scene, scene])
  .map(([seen, heard], second) => `${second} see ${seen}\n${second} hear ${heard}\n`)
  .join('');

/** What to give each example, and a line that it must print. */
const EXAMPLES: Readonly<Record<string, (made: Made) => { args: string[]; prints: RegExp }>> = {
  'analyse-film.ts': ({ film }) => ({
    args: [film, `${film}.html`],
    prints: /^content-type: \w+.*^mood: \w+.*^pacing: Fast, 5 scenes/ms,
  }),
  'analyse-video.ts': ({ film }) => ({
    args: [film],
    prints: /^(?=.*^shot 3 3 cut$)(?=.*^silence 11\.\d+ 3\.\d+$)(?=.*^loudness -10\.\d+ LUFS$)/ms,
  }),
  'classify-pictures.ts': ({ picture }) => ({
    args: [tinyClipFolder, 'a blue picture,a red picture', picture],
    prints: /a blue picture: 0\.0\d\d a red picture: (0\.9\d\d|1\.000)$/m,
  }),
  'classify-sound.ts': ({ film }) => ({
    args: [film],
    prints: /^0 a tone .*^4 music .*^7 noise .*^10 clicks .*^13 silence (0\.9\d\d|1\.000)$/ms,
  }),
  'classify-video.ts': ({ film }) => ({ args: [film], prints: /^0 (0\.9\d*|1) \d\S*$/m }),
  'custom-pipeline.ts': ({ film }) => ({ args: [film], prints: /^average Light \w+ \d\.\d{3}$/m }),
  'decode-frames.ts': ({ film }) => ({ args: [film], prints: /^large 0 \S+ 320x180$/m }),
  'detect-objects.ts': ({ detector, picture }) => ({
    args: [detector, picture],
    prints: /red\.png dog 0\.900 16 16 32 32$/m,
  }),
  'draw-objects.ts': ({ detector, film }) => ({
    args: [detector, film, `${film}.objects.mp4`],
    prints: /^wrote .*film\.mp4\.objects\.mp4$/m,
  }),
  'embed-texts.ts': () => ({
    args: [tinyClipFolder, '128', 'red', 'blue'],
    prints: /^2 vectors, \d of them new$/m,
  }),
  'own-stage.ts': () => ({ args: [], prints: /^2 200$/m }),
  'sight-and-sound.ts': ({ film }) => ({ args: [film], prints: new RegExp(`^${TIME_LINE}`) }),
  'sound-shares.ts': ({ recording }) => ({
    args: [tinyClapFolder, recording],
    prints: /speech: (0\.0\d+|\d\.\d+e-\d+),\s+music: 0\.[89]\d+/,
  }),
};

interface Made {
  readonly film: string;
  /** Music, as WAV. */
  readonly recording: string;
  readonly picture: string;
  /** Sees a dog in the middle of every picture. */
  readonly detector: string;
}

async function make(): Promise<Made> {
  const folder = await makeTemporaryFolder();
  const film = join(folder, 'film.mp4');
  const [recording, picture] = [join(folder, 'music.wav'), join(folder, 'red.png')];
  const { renderFilm } = await import(join(root, 'scripts', 'render-film.mjs'));
  const { SOUNDS } = await import(join(root, 'scripts', 'render-sound.mjs'));
  await renderFilm(film, SOUNDS);
  const music = ['-ss', '3', '-t', '3', '-i', film, '-vn'];
  const { status } = spawnSync(process.env['DEEPFFMPEG_FFMPEG'] ?? 'ffmpeg', [...music, recording]);
  expect(status).toBe(0);
  await sharp({ create: { width: 64, height: 64, channels: 3, background: 'red' } }).toFile(picture);
  return { film, recording, picture, detector: await makeDetector(join(folder, 'detector.onnx')) };
}

/** A YOLOX of COCO's classes for pictures of 32x32: its last cell is the only one of stride 32. */
function makeDetector(path: string): Promise<string> {
  const [cells, row, dog] = [21, 85, 16];
  const data = new Array<number>(cells * row).fill(0);
  data.splice(-row, 5, 0.5, 0.5, Math.log(0.5), Math.log(0.5), 0.9);
  data[(cells - 1) * row + 5 + dog] = 1;
  return makeDetectorFile(path, { outputs: [{ name: 'output', shape: [cells, row], data }] });
}

test('every example is run here', () => {
  const files = readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.ts'));
  expect(files.toSorted()).toEqual(Object.keys(EXAMPLES).toSorted());
});

test.each(Object.entries(EXAMPLES))(
  '%s runs and tells what it promises',
  { timeout: 90_000 },
  async (name, expectation) => {
    const { args, prints } = expectation(await make());
    const { status, stdout, stderr } = runExample(name, ...args);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(prints);
  },
);

test('the READMEs show the examples as they are', () => {
  const { status, stderr } = node('scripts/copy-examples.mjs', '--check');
  expect([status, stderr]).toEqual([0, '']);
});
