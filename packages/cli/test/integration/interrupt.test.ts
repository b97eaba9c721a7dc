import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { makeClipFolder, makeDetectorFile, makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
// @ts-expect-error the script is plain JavaScript, so that a fresh clone can run it
import { renderFilm } from '../../../../scripts/render-film.mjs';

const cli = fileURLToPath(new URL('../../src/index.ts', import.meta.url));
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deepffmpeg-interrupt-'));
  await makeClipFolder(join(folder, 'model'));
  await makeDetectorFile(join(folder, 'model', 'detector.onnx'), {
    outputs: [{ name: 'output0', shape: [5, 1], data: [16, 16, 8, 8, 0.9] }],
  });
  await renderFilm(join(folder, 'film.mkv'));
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Starts the command on twenty films. */
function start(...more: string[]) {
  // One film under many names: the same name twice would count once.
  const inputs = Array.from({ length: 20 }, (_, i) => `${folder}${'/'.repeat(i + 1)}film.mkv`);
  const outputs = [
    '--output-scores',
    join(folder, 'scores.jsonl'),
    '--output-segments',
    join(folder, 'segments.json'),
  ];
  const args = [
    'classify',
    ...inputs,
    '--clip-model',
    join(folder, 'model'),
    '--clip-labels',
    'a,b',
    '--sample',
    'all',
  ];
  return run([...args, ...outputs, ...more]);
}

function run(args: readonly string[]) {
  return spawn(process.execPath, ['--import', 'tsx', cli, ...args], {
    env: { ...process.env, DEEPFFMPEG_CACHE: join(folder, 'cache') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Not left behind: what is kept for later, and the files of inputs that were done. */
const finished = ['cache', 'drawn', 'tracks'];

/** Command lines of processes that still work on our films. */
async function leftOver(): Promise<string[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && name !== String(process.pid));
  const lines = await Promise.all(ids.map((id) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')));
  return lines.filter((line) => line.includes(folder));
}

const halfWritten = async () => (await readdir(folder)).filter((name) => name.endsWith('.part'));

// Looking for processes needs /proc.
describe.skipIf(process.platform !== 'linux')('an interrupt', () => {
  const model = () => ['--clip-model', join(folder, 'model')];
  const objects = () => [
    ...['--detect-model', join(folder, 'model', 'detector.onnx'), '--detect-head', 'yolov8'],
    ...['--detect-labels', 'thing,'],
  ];
  const outputs = () => [
    ...[...objects(), '--visualization', join(folder, 'drawn')],
    ...['--output-tracks', join(folder, 'tracks'), '--output-detections', join(folder, 'objects.json')],
  ];
  test.each([
    ...[300, 700, 1000, 1300, 1700, 2500].map((delay) => [delay, 'scores', () => []] as const),
    ...[1000, 1300, 1700, 2500].map((delay) => [delay, 'objects', outputs] as const),
  ])('after %i ms of %s ends with 130 and leaves nothing', { timeout: 30_000 }, async (delay, _, more) => {
    const child = start(...more());
    let stdout = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    const closed = once(child, 'close');
    await sleep(delay);
    const since = performance.now();
    child.kill('SIGINT');
    const [code, signal] = await closed;
    // Before our handler is installed, Node itself ends by the signal.
    expect(code === 130 || signal === 'SIGINT').toBe(true);
    expect(performance.now() - since).toBeLessThan(5000);
    expect(stdout).toBe('');
    expect(await leftOver()).toEqual([]);
    expect((await readdir(folder)).sort().filter((name) => !finished.includes(name))).toEqual([
      'film.mkv',
      'model',
    ]);
  });

  test('of a second signal, it ends at once', { timeout: 30_000 }, async () => {
    const child = start();
    const closed = once(child, 'close');
    await vi.waitFor(async () => expect(await halfWritten()).not.toEqual([]), 20_000);
    child.kill('SIGINT');
    child.kill('SIGTERM'); // of the same kind, two that wait together would be one
    await closed;
    await sleep(200);
    expect(await leftOver()).toEqual([]);
    expect(await halfWritten()).toEqual([]);
  });

  test.each([
    ['an output', () => [...model(), '--clip-labels', 'a,b', '--output-scores']],
    ['a file of tracks', () => [...objects(), '--output-tracks']],
    ['a file of labels', () => [...model(), '--clip-categories']],
  ])(
    'while %s is a pipe that nobody opens at its other end, it ends',
    { timeout: 30_000 },
    async (_, flags) => {
      const pipe = join(await makeTemporaryFolder(), 'pipe');
      await promisify(execFile)('mkfifo', [pipe]);
      const child = run(['classify', join(folder, 'film.mkv'), ...flags(), pipe]);
      const closed = once(child, 'close');
      await sleep(3000);
      child.kill('SIGINT');
      const late = setTimeout(() => child.kill('SIGKILL'), 5000);
      const [code, signal] = await closed;
      clearTimeout(late);
      expect(code === 130 || signal === 'SIGINT').toBe(true);
      expect(await halfWritten()).toEqual([]);
    },
  );
});
