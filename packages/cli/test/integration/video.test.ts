import { spawnSync } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeClipFolder } from '@deepffmpeg/test-kit';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
// @ts-expect-error the script is plain JavaScript, so that a fresh clone can run it
import { renderFilm } from '../../../../scripts/render-film.mjs';
import { type Ran, runCommand } from '../run-command.js';

const SECONDS = 15;
let folder = '';
let model = '';
let film = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deepffmpeg-cli-'));
  vi.stubEnv('DEEPFFMPEG_CACHE', join(folder, 'cache'));
  model = await makeClipFolder(join(folder, 'model'));
  film = join(folder, 'film.mkv');
  await renderFilm(film);
}, 60_000);
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

const flags = () => ['--clip-model', model, '--clip-labels', 'red,green,blue', '--confidence', '0', '--json'];
const classify = (...args: string[]) => runCommand(['classify', ...flags(), ...args]);
const resultsOf = ({ stdout }: Ran) => JSON.parse(stdout).results;
const place = async (name: string, content: string | Uint8Array) => {
  await writeFile(join(folder, name), content);
  return join(folder, name);
};

test('every sampling plan goes through, with exact times', async () => {
  const timesOf = async (...sampling: string[]) => {
    const scores = join(folder, 'scores.jsonl');
    const { code } = await classify(film, ...sampling, '--output-scores', scores);
    expect(code).toBe(0);
    const lines = (await readFile(scores, 'utf8')).trim().split('\n');
    return lines.filter(Boolean).map((line) => JSON.parse(line).timestamp as number);
  };
  const seconds = Array.from({ length: SECONDS }, (_, i) => i);
  expect(await timesOf()).toEqual(seconds);
  expect(await timesOf('--sample', 'every:10')).toEqual(seconds);
  expect(await timesOf('--sample', 'all')).toHaveLength(SECONDS * 10);
  expect(await timesOf('--sample', 'at:2.5,7')).toEqual([2.5, 7]);
  expect((await timesOf('--sample', 'keyframes'))[0]).toBe(0);
  expect((await timesOf('--sample', 'auto')).length).toBeGreaterThan(3);
  expect(await timesOf('--scene-threshold', '0.1')).toEqual([3, 6, 9, 12]); // the cuts
});

test('frames last to the next one, the last to the end', async () => {
  const scores = join(folder, 'durations.jsonl');
  await classify(film, '--output-scores', scores);
  const lines = (await readFile(scores, 'utf8')).trim().split('\n');
  expect(lines.map((line) => JSON.parse(line).durationSeconds)).toEqual(Array(SECONDS).fill(1));
});

test.each([
  ['a text named .mp4', () => place('text.mp4', 'no film at all\n'.repeat(50)), /text\.mp4/],
  ['zero bytes', () => place('empty.mp4', ''), /empty/],
  [
    'an HLS list named .mp4',
    () => place('list.mp4', '#EXTM3U\n#EXTINF:1,\nfilm.mkv\n#EXT-X-ENDLIST\n'),
    /list\.mp4/,
  ],
  ['a file that is not there', async () => join(folder, 'missing.mp4'), /no file/],
])('%s is an error of that input alone', async (_, make, message) => {
  const { code, stdout, stderr } = await classify(await make(), film, '--sample', 'at:1');
  const [bad, good] = resultsOf({ code, stdout, stderr });
  expect(code).toBe(3);
  expect(bad).toMatchObject({
    frames: 0,
    partial: false,
    error: { code: 'ERR_INPUT', message: expect.stringMatching(message) },
  });
  expect(good).toMatchObject({ frames: 1, partial: false });
});

test('sound alone is an error that says what the file holds', async () => {
  const sound = join(folder, 'sound.wav');
  const { status } = spawnSync('ffmpeg', ['-loglevel', 'error', '-f', 'lavfi', '-i', 'sine=d=1', sound]);
  expect(status).toBe(0);
  const { code, stderr } = await classify(sound);
  expect([code, stderr]).toEqual([1, expect.stringMatching(/has no video: it holds audio/)]);
});

test('of a film that breaks off, the frames before are reported, and the result says that it is partial', async () => {
  const bytes = await readFile(film);
  const broken = await place('broken.mkv', bytes.subarray(0, bytes.length / 2));
  const stats = join(folder, 'broken.csv');
  const { code, stdout, stderr } = await classify(broken, '--output-stats', stats);
  expect(code).toBe(3);
  expect(stderr).toMatch(/broken\.mkv: partial: /);
  const [{ frames, partial, averages }] = JSON.parse(stdout).results;
  expect(partial).toBe(true);
  expect(frames).toBeGreaterThan(2);
  expect(frames).toBeLessThan(SECONDS);
  expect(averages).toHaveLength(3);
  expect((await readFile(stats, 'utf8')).split('\n')).toHaveLength(5);
});

test('any file name is just a name', async () => {
  await mkdir(join(folder, 'odd'), { recursive: true });
  const names = [
    "it's.mkv",
    'a "b" [c];d,e.mkv',
    '%d.mkv',
    '%03d $HOME `id`.mkv',
    '-dash.mkv',
    'a:b\\c.mkv',
    'http:x.mkv',
  ];
  for (const name of names) await copyFile(film, join(folder, 'odd', name));
  const listed = resultsOf(await classify(join(folder, 'odd'), '--sample', 'at:1'));
  expect(listed.map(({ frames }: { frames: number }) => frames)).toEqual(names.map(() => 1));

  const before = process.cwd();
  process.chdir(join(folder, 'odd'));
  const direct = await runCommand(['classify', ...flags(), '--sample', 'at:1', '--', ...names]);
  process.chdir(before);
  expect(
    resultsOf(direct).map(({ frames, input }: { frames: number; input: string }) => [input, frames]),
  ).toEqual(names.map((name) => [name, 1]));
});

test.each([[], ['--spool']])('reads stdin %j and leaves no temporary file', async (...spool) => {
  const temporary = join(folder, `tmp${spool.length}`);
  await mkdir(temporary);
  vi.stubEnv('TMPDIR', temporary);
  const stdin = createReadStream(film);
  const { code, stdout } = await runCommand(['classify', '-', ...flags(), ...spool], { stdin });
  vi.stubEnv('TMPDIR', tmpdir());
  expect([code, JSON.parse(stdout).results[0]]).toMatchObject([
    0,
    { input: '-', frames: SECONDS, partial: false },
  ]);
  expect(await readdir(temporary)).toEqual([]);
});

test('--print-ffmpeg shows a command that a shell can run', async () => {
  const { stderr } = await classify(film, '--sample', 'at:1', '--print-ffmpeg');
  const command = stderr.split('\n').find((line) => line.includes('-filter_complex')) ?? '';
  const { status, stdout } = spawnSync('sh', ['-c', command], { maxBuffer: 1 << 26 });
  expect([status, stdout.subarray(0, 24).toString()]).toEqual([0, 'nut/multimedia container']);
});

test('a second run encodes no text', async () => {
  const labels = ['--clip-labels', 'one,two,three'];
  const run = () =>
    runCommand(['classify', film, '--clip-model', model, ...labels, '--sample', 'at:1', '--verbose']);
  expect((await run()).stderr).toMatch(/: 3 sentences encoded/);
  expect((await run()).stderr).toMatch(/: 0 sentences encoded/);
});

test('the same input gives the same numbers', async () => {
  const [first, second] = [await classify(film), await classify(film)];
  expect(resultsOf(first)).toEqual(resultsOf(second));
});
