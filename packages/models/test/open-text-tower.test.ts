import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type MadeClip, makeClipFolder, makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openTextTower, type TextTowerOptions } from '../src/index.js';
import { TextNetwork } from '../src/text-network.js';

/** A made model, and a way to open its text tower anew with the same cache. */
async function setUp(made: MadeClip = {}) {
  const path = await makeClipFolder(await makeTemporaryFolder(), made);
  const cacheFolder = await makeTemporaryFolder();
  const onWarning = vi.fn();
  const open = async (options: Partial<TextTowerOptions> = {}) => {
    const tower = await openTextTower({
      model: { path, name: 'made' },
      dimension: 4,
      cacheFolder,
      onWarning,
      ...options,
    });
    onTestFinished(() => tower.close());
    return tower;
  };
  return { path, cacheFolder, onWarning, open };
}

const rowsOf = (vectors: Float32Array) =>
  Array.from({ length: vectors.length / 4 }, (_, i) => [...vectors.slice(4 * i, 4 * i + 4)]);

test('gives one unit vector a sentence, in order, whatever stands beside it', async () => {
  const { open } = await setUp();
  const tower = await open();
  const sentences = ['a cat', 'a much longer one', 'b', 'a cat'];
  const together = rowsOf(await tower.encode(sentences));
  expect(together).toHaveLength(4);
  expect(together[0]).toEqual(together[3]);
  for (const row of together) expect(Math.hypot(...row)).toBeCloseTo(1, 6);

  const { open: openOther } = await setUp();
  const alone = await openOther();
  for (const [i, sentence] of sentences.entries()) {
    const [row] = rowsOf(await alone.encode([sentence]));
    row?.forEach((value, j) => {
      expect(value).toBeCloseTo(together[i]?.[j] ?? Number.NaN, 6);
    });
  }
});

test('reads a sentence once: later calls, and later processes, find it in the cache', async () => {
  const { open } = await setUp();
  const first = await open();
  const vectors = await first.encode(['a cat', 'a dog', 'a cat']);
  expect(first.encodedCount).toBe(2);
  await first.encode(['a dog', 'a bird']);
  expect(first.encodedCount).toBe(3);
  const second = await open();
  expect(await second.encode(['a cat', 'a dog', 'a cat'])).toEqual(vectors);
  expect(second.encodedCount).toBe(0);
});

test('a warm run loads no network', async () => {
  const { open } = await setUp();
  await (await open()).encode(['a cat']);
  const second = await open({ device: 'abacus' }); // would be refused as soon as it is opened
  await second.encode(['a cat']);
  await expect(second.encode(['a dog'])).rejects.toMatchObject({ code: 'ERR_DEVICE' });
});

test('other weights, another tokenizer or other limits share nothing', async () => {
  const { open, path } = await setUp();
  await (await open()).encode(['a cat']);
  for (const options of [{ maxPositions: 5 }, { padTo: 'max-length' as const }, { padId: 0 }]) {
    const tower = await open(options);
    await tower.encode(['a cat']);
    expect(tower.encodedCount).toBe(1);
  }
  const tokenizer = await makeClipFolder(await makeTemporaryFolder(), {
    tokenizerConfig: { model_max_length: 9 },
  });
  const other = await open({ tokenizer });
  await other.encode(['a cat']);
  expect(other.encodedCount).toBe(1);
  await makeClipFolder(path, { textDimension: 4, dimension: 4, family: 'siglip' }); // other output name, other file
  const changed = await open();
  await changed.encode(['a cat']);
  expect(changed.encodedCount).toBe(1);
});

test.each([
  { files: 'the tokenizer’s', other: { tokenizerConfig: { model_max_length: 4 } } },
  { files: 'the weights', other: { textDimension: 4, dimension: 4, family: 'siglip' } },
] satisfies { files: string; other: MadeClip }[])(
  'what it reads after $files were replaced is not filed under the new ones',
  async ({ other }) => {
    const { open, path } = await setUp();
    const tower = await open();
    const digest = await tower.digest();
    await tower.encode(['a cat']);
    await makeClipFolder(path, other);
    await tower.encode(['a much longer one']);
    expect(await tower.digest()).toBe(digest);
    const next = await open();
    await next.encode(['a much longer one']);
    expect(next.encodedCount).toBe(1);
    expect(await next.digest()).not.toBe(digest);
  },
);

test('what was read by files that were replaced while they were loaded is not kept', async () => {
  const { open, path } = await setUp();
  const tower = await open();
  const load = TextNetwork.prototype.load;
  const replaced = vi.spyOn(TextNetwork.prototype, 'load').mockImplementationOnce(async function (
    this: TextNetwork,
    signal,
  ) {
    const loaded = await load.call(this, signal);
    await makeClipFolder(path, { tokenizerConfig: { model_max_length: 4 } });
    return loaded;
  });
  onTestFinished(() => replaced.mockRestore());
  await tower.encode(['a much longer one']);
  await tower.encode(['a much longer one']);
  expect(tower.encodedCount).toBe(2);
  const next = await open();
  await next.encode(['a much longer one']);
  expect(next.encodedCount).toBe(1);
});

test('its digest is that of the same files in the hub’s cache, where links lead to blobs named by git', async () => {
  const { open, path } = await setUp();
  const linked = join(await makeTemporaryFolder(), 'snapshots');
  await cp(path, linked, { recursive: true });
  const blobs = join(linked, '..', 'blobs');
  await mkdir(blobs);
  for (const name of ['tokenizer.json', 'tokenizer_config.json', 'onnx/text_model.onnx']) {
    const content = await readFile(join(path, name));
    const blob = join(
      blobs,
      createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex'),
    );
    await rename(join(linked, name), blob);
    await symlink(blob, join(linked, name));
  }
  const tower = await open({ model: { path: linked, name: 'owner/made' } });
  expect(await tower.digest()).toBe(await (await open()).digest());
});

test('an empty list is no work', async () => {
  const { open } = await setUp();
  expect(await (await open({ device: 'abacus' })).encode([])).toEqual(new Float32Array(0));
});

test('calls at the same time do not read a sentence twice', async () => {
  const { open } = await setUp();
  const tower = await open();
  const [a, b] = await Promise.all([tower.encode(['a cat']), tower.encode(['a cat'])]);
  expect(a).toEqual(b);
  expect(tower.encodedCount).toBe(1);
});

test('many sentences go in many batches', async () => {
  const { open } = await setUp();
  const tower = await open();
  const sentences = Array.from({ length: 100 }, (_, i) => `${i} cats`);
  const vectors = rowsOf(await tower.encode(sentences));
  expect(tower.encodedCount).toBe(100);
  expect(vectors[77]).toEqual(rowsOf(await tower.encode(['77 cats']))[0]);
});

test('a cache that cannot be written is a warning each time, and the result is right', async () => {
  const { open, cacheFolder, onWarning } = await setUp();
  await rm(cacheFolder, { recursive: true });
  await writeFile(cacheFolder, '');
  const tower = await open();
  expect(await tower.encode(['a cat'])).toHaveLength(4);
  expect(onWarning).toHaveBeenCalled();
});

test('refuses a tower of another dimension', async () => {
  const { open } = await setUp({ textDimension: 6 });
  const tower = await open();
  await expect(tower.encode(['a cat'])).rejects.toMatchObject({ code: 'ERR_MODEL_CONFIG' });
  await expect(tower.encode(['a cat'])).rejects.toThrow(/6 numbers.*have 4/);
});

test('misses its files at once', async () => {
  for (const file of ['onnx/text_model.onnx', 'tokenizer.json']) {
    const { open, path } = await setUp();
    await rm(join(path, file));
    await expect(open()).rejects.toMatchObject({
      code: 'ERR_MODEL_MISSING',
      message: expect.stringContaining(file),
    });
  }
});

test('an abort ends the wait, and the tower still works', async () => {
  const { open } = await setUp();
  const tower = await open();
  const controller = new AbortController();
  const encoding = tower.encode(['a cat'], { signal: controller.signal });
  controller.abort();
  await expect(encoding).rejects.toMatchObject({ name: 'AbortError' });
  expect(await tower.encode(['a cat'])).toHaveLength(4);
});

test('nothing is read after close', async () => {
  const { open } = await setUp();
  const tower = await open();
  await tower.encode(['a cat']);
  await tower.close();
  await tower.close();
  await expect(tower.encode(['a cat'])).rejects.toMatchObject({ code: 'ERR_MODEL_LOAD' });
});
