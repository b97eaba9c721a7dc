import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeClipFolder, makeTemporaryFolder } from '@deepffmpeg/test-kit';
import sharp from 'sharp';
import { beforeEach, expect, test, vi } from 'vitest';
import { runCommand } from './run-command.js';

let folder = '';
let model = '';
let picture = '';
let vectors = '';
beforeEach(async () => {
  folder = await makeTemporaryFolder();
  vi.stubEnv('DEEPFFMPEG_CACHE', join(folder, 'cache'));
  model = await makeClipFolder(join(folder, 'model'));
  vectors = join(folder, 'vectors.jsonl');
  picture = join(folder, 'a.png');
  await sharp({ create: { width: 20, height: 12, channels: 3, background: 'red' } }).toFile(picture);
  return () => vi.unstubAllEnvs();
});

const embed = (...args: string[]) =>
  runCommand(['embed', '--clip-model', model, '--output', vectors, ...args]);
const classify = (...args: string[]) => {
  const labels = ['--clip-labels', 'red,green,blue', '--confidence', '0', '--json'];
  return runCommand(['classify', '--clip-model', model, ...labels, ...args]);
};

test('the same weights are taken in a folder of another name', async () => {
  await embed(picture);
  await rename(model, join(folder, 'renamed'));
  model = join(folder, 'renamed');
  const { code, stdout } = await classify('--from-embeddings', vectors);
  expect([code, JSON.parse(stdout).results[0].frames]).toEqual([0, 1]);
});

test('the scale of the file holds unless a flag says otherwise', async () => {
  await embed(picture, '--logit-scale', '3');
  const averages = async (...args: string[]) =>
    JSON.parse((await classify(...args)).stdout).results[0].averages;
  const [own, again, other] = [
    await averages(picture),
    await averages('--from-embeddings', vectors),
    await averages('--from-embeddings', vectors, '--logit-scale', '20'),
  ];
  expect(again).toEqual(await averages(picture, '--logit-scale', '3'));
  expect(again).not.toEqual(own);
  expect(other).toEqual(own);
});

test('an input that failed when it was embedded has still failed, with the same result', async () => {
  const missing = join(folder, 'missing.png');
  expect((await embed(picture, missing)).code).toBe(3);
  const again = await classify('--from-embeddings', vectors);
  expect(again.code).toBe(3);
  expect(again.stderr).toContain(missing);
  const direct = await classify(picture, missing);
  expect(JSON.parse(again.stdout)).toEqual(JSON.parse(direct.stdout));
});

test('an input that failed in its midst has no results', async () => {
  await embed(picture);
  const outcome = JSON.stringify({ outcome: { input: picture, error: { message: 'ffmpeg was killed' } } });
  await writeFile(vectors, `${await readFile(vectors, 'utf8')}${outcome}\n`);
  const { stdout } = await classify('--from-embeddings', vectors, '--segment-enter', '0.01');
  expect(JSON.parse(stdout).results).toMatchObject([{ frames: 1, averages: [], segments: [] }]);
});

test('an input that broke off when it was embedded is still partial', async () => {
  await embed(picture);
  const outcome = JSON.stringify({ outcome: { input: picture, partialReason: 'it was cut off' } });
  await writeFile(vectors, `${await readFile(vectors, 'utf8')}${outcome}\n`);
  const { code, stdout } = await classify('--from-embeddings', vectors);
  expect(code).toBe(3);
  expect(JSON.parse(stdout).results[0]).toMatchObject({
    frames: 1,
    partial: true,
    partialReason: 'it was cut off',
  });
});

test('a file whose header does not tell the inputs is refused', async () => {
  await embed(picture);
  const [header = '', row] = (await readFile(vectors, 'utf8')).split('\n');
  const { inputs, ...rest } = JSON.parse(header);
  expect(inputs).toEqual([picture]);
  await writeFile(vectors, `${JSON.stringify(rest)}\n${row}\n`);
  const { code, stderr } = await classify('--from-embeddings', vectors);
  expect([code, stderr]).toEqual([1, expect.stringMatching(/holds no embeddings: .*inputs/)]);
});

test('when nothing could be embedded, no number of embeddings is told', async () => {
  const { code, stderr } = await embed(join(folder, 'missing.png'));
  expect(code).toBe(1);
  expect(stderr).not.toMatch(/embeddings? for/);
});

test('averages and segments tell their label set', async () => {
  const { stdout } = await classify(picture, '--segment-enter', '0');
  const [{ averages, segments }] = JSON.parse(stdout).results;
  const expected = { labelSet: '--clip-labels', group: 'labels' };
  expect(averages[0]).toMatchObject(expected);
  expect(segments[0]).toMatchObject(expected);
});
