import { createHash } from 'node:crypto';
import { mkdir, readFile, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { expect, test, vi } from 'vitest';
import { fileDigest } from '../src/index.js';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

async function setUp() {
  const folder = await makeTemporaryFolder();
  const path = join(folder, 'model.onnx');
  await writeFile(path, 'weights');
  const onWarning = vi.fn();
  return { folder, path, cache: { cacheFolder: join(folder, 'cache'), onWarning }, onWarning };
}

test('is the SHA-256 of the content', async () => {
  const { path, cache, onWarning } = await setUp();
  expect(await fileDigest(path, cache)).toBe(sha256('weights'));
  expect(onWarning).not.toHaveBeenCalled();
});

test.each(['model.onnx_data', 'model.onnx_data_1', 'model.onnx.data'])(
  'counts in the weights beside it: %s',
  async (name) => {
    const { folder, path, cache } = await setUp();
    await writeFile(join(folder, 'model.onnx_data'), 'a');
    await writeFile(join(folder, 'model_quantized.onnx_data'), 'x');
    await writeFile(join(folder, name), 'b');
    const before = await fileDigest(path, cache);
    await writeFile(join(folder, name), 'other');
    expect(await fileDigest(path, cache)).not.toBe(before);
    await writeFile(join(folder, 'model_quantized.onnx_data'), 'y');
    await writeFile(join(folder, name), 'b');
    expect(await fileDigest(path, cache)).toBe(before);
  },
);

test('is remembered while size and times stay, and made again when they change', async () => {
  const { path, cache } = await setUp();
  await fileDigest(path, cache);
  const memo = join(cache.cacheFolder, 'file-digests.json');
  const forged = (await readFile(memo, 'utf8')).replace(sha256('weights'), 'f'.repeat(64));
  await writeFile(memo, forged);
  expect(await fileDigest(path, cache)).toBe('f'.repeat(64)); // read from the memo, not from the file
  await utimes(path, 1, 1);
  expect(await fileDigest(path, cache)).toBe(sha256('weights'));
});

test('a damaged memo is made anew', async () => {
  const { path, cache } = await setUp();
  await mkdir(cache.cacheFolder);
  await writeFile(join(cache.cacheFolder, 'file-digests.json'), '{"half');
  expect(await fileDigest(path, cache)).toBe(sha256('weights'));
  expect(JSON.parse(await readFile(join(cache.cacheFolder, 'file-digests.json'), 'utf8'))).toHaveProperty([
    path,
  ]);
});

test('is the name of a blob in the hub’s cache, which is not read', async () => {
  const { folder, cache } = await setUp();
  const digest = 'c'.repeat(64);
  await mkdir(join(folder, 'blobs'));
  await writeFile(join(folder, 'blobs', digest), 'other');
  await symlink(`blobs/${digest}`, join(folder, 'linked.onnx'));
  expect(await fileDigest(join(folder, 'linked.onnx'), cache)).toBe(digest);
});

test('is of the content where the hub’s cache names a blob otherwise, as it does small files', async () => {
  const { folder, cache } = await setUp();
  await mkdir(join(folder, 'blobs'));
  await writeFile(join(folder, 'blobs', 'c'.repeat(40)), 'small');
  await symlink(`blobs/${'c'.repeat(40)}`, join(folder, 'linked.json'));
  expect(await fileDigest(join(folder, 'linked.json'), cache)).toBe(sha256('small'));
});

test('counts in weights that stand beside the file', async () => {
  const { path, cache } = await setUp();
  await writeFile(`${path}_data`, 'one');
  const one = await fileDigest(path, cache);
  await writeFile(`${path}_data`, 'three');
  expect(new Set([one, await fileDigest(path, cache), sha256('weights')]).size).toBe(3);
});

test('a cache that cannot be written is a warning, not a failure', async () => {
  const { folder, path, cache, onWarning } = await setUp();
  await writeFile(join(folder, 'cache'), 'a file where the folder should be');
  expect(await fileDigest(path, cache)).toBe(sha256('weights'));
  expect(onWarning).toHaveBeenCalledOnce();
  expect(onWarning.mock.calls[0]?.[0]).toMatchObject({
    code: 'ERR_OUTPUT',
    message: expect.stringContaining(folder),
  });
});

test('digests made at the same time are all remembered', async () => {
  const { folder, cache } = await setUp();
  const paths = Array.from({ length: 12 }, (_, i) => join(folder, `part ${i}`));
  for (const path of paths) await writeFile(path, path);
  await Promise.all(paths.map((path) => fileDigest(path, cache)));
  const memo = JSON.parse(await readFile(join(cache.cacheFolder, 'file-digests.json'), 'utf8'));
  expect(Object.keys(memo).sort()).toEqual([...paths].sort());
});
