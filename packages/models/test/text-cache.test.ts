import { mkdir, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { expect, test, vi } from 'vitest';
import { openTextCache } from '../src/text-cache.js';

const one = Float32Array.of(1, 0, 0.5);
const two = Float32Array.of(0, 1, 0.25);
const key = ['tower', 'tokenizer'];

async function setUp() {
  const cacheFolder = await makeTemporaryFolder();
  const onWarning = vi.fn();
  const options = { cacheFolder, onWarning };
  const folder = join(cacheFolder, 'text-embeddings');
  return {
    options,
    folder,
    onWarning,
    open: (keys = key, dimension = 3) => openTextCache(keys, dimension, options),
  };
}

test('gives back what was added, bit for bit, to whoever opens it later', async () => {
  const { open, folder } = await setUp();
  const sentences = ['a cat', '犬の写真 🐶', 'line\nbreak "quoted"', ''];
  const cache = await open();
  for (const sentence of sentences) await cache.add(new Map([[sentence, one]]));
  await cache.add(new Map([['a dog', two]]));
  const later = await open();
  for (const sentence of sentences) expect(later.get(sentence)).toEqual(one);
  expect(later.get('a dog')).toEqual(two);
  expect(later.get('a bird')).toBeUndefined();
  expect(await readdir(folder)).toHaveLength(1);
});

test('keeps models apart, and lengths', async () => {
  const { open } = await setUp();
  await (await open()).add(new Map([['a cat', one]]));
  expect((await open(['tower2', 'tokenizer'])).get('a cat')).toBeUndefined();
  expect((await open(['tower', 'tokenizer', ''])).get('a cat')).toBeUndefined();
  expect((await open(key, 2)).get('a cat')).toBeUndefined();
});

test('a damaged file counts as empty, whatever is damaged, and is made anew', async () => {
  const { open, folder } = await setUp();
  await (await open()).add(new Map([['a cat', one]]));
  const [name = ''] = await readdir(folder);
  const good = await readFile(join(folder, name));
  const places = [0, 5, Math.floor(good.length / 2), good.length - 40, good.length - 1];
  const damaged = [
    ...places.map((at) => Buffer.from(good.map((byte, i) => (i === at ? byte ^ 1 : byte)))),
    good.subarray(0, good.length - 7),
    Buffer.alloc(0),
    Buffer.from('not a cache'),
  ];
  for (const content of damaged) {
    await writeFile(join(folder, name), content);
    const cache = await open();
    expect(cache.get('a cat')).toBeUndefined();
    await cache.add(new Map([['a dog', two]]));
    expect((await open()).get('a dog')).toEqual(two);
  }
});

test('grows no further than its limit, and keeps what was used last', async () => {
  const { open } = await setUp();
  const many = (name: string, count: number) =>
    new Map(Array.from({ length: count }, (_, i) => [`${name} ${i}`, Float32Array.of(i, 0, 1)]));
  await (await open()).add(many('old', 4096));
  const cache = await open();
  expect(cache.get('old 0')).toBeDefined();
  await cache.add(many('new', 4095));
  const later = await open();
  expect(later.get('old 0')).toEqual(Float32Array.of(0, 0, 1));
  expect(later.get('old 1')).toBeUndefined();
  expect(later.get('new 4094')).toEqual(Float32Array.of(4094, 0, 1));
});

test('takes one set larger than the limit whole', async () => {
  const { open } = await setUp();
  await (await open()).add(new Map(Array.from({ length: 5000 }, (_, i) => [`${i}`, one])));
  expect((await open()).get('0')).toEqual(one);
});

test('keeps a bounded number of files, the latest', async () => {
  const { open, folder } = await setUp();
  for (let model = 0; model < 66; model++) {
    await (await open([`tower ${model}`])).add(new Map([['a cat', one]]));
    for (const name of await readdir(folder)) {
      const { mtimeMs } = await stat(join(folder, name));
      await utimes(join(folder, name), 0, mtimeMs / 1000 - 10); // so that the order does not hang on the clock
    }
  }
  expect(await readdir(folder)).toHaveLength(64);
  expect((await open(['tower 0'])).get('a cat')).toBeUndefined();
  expect((await open(['tower 65'])).get('a cat')).toEqual(one);
});

test('a file that another process has taken away meanwhile is no trouble', async () => {
  const { open, folder, onWarning } = await setUp();
  await (await open()).add(new Map([['a cat', one]]));
  for (let i = 0; i < 64; i++) await symlink('gone', join(folder, `${i}.bin`)); // listed, and not there
  await (await open()).add(new Map([['a dog', two]]));
  expect(onWarning).not.toHaveBeenCalled();
  expect(await readdir(folder)).toHaveLength(64);
  expect((await open()).get('a dog')).toEqual(two);
});

test('a folder that cannot be written is a warning, and the work goes on', async () => {
  const { options, folder, open, onWarning } = await setUp();
  await writeFile(folder, 'a file where the folder should be');
  const cache = await open();
  await cache.add(new Map([['a cat', one]]));
  expect(cache.get('a cat')).toEqual(one);
  expect(onWarning.mock.calls).toMatchObject([
    [{ code: 'ERR_OUTPUT', message: expect.stringContaining(options.cacheFolder) }],
  ]);
});

test('a file that cannot be read is a warning and counts as empty', async () => {
  const { open, folder, onWarning } = await setUp();
  await (await open()).add(new Map([['a cat', one]]));
  const [name = ''] = await readdir(folder);
  await rm(join(folder, name));
  await mkdir(join(folder, name));
  const cache = await open();
  expect(cache.get('a cat')).toBeUndefined();
  expect(onWarning.mock.calls).toMatchObject([
    [{ code: 'ERR_INPUT', message: expect.stringMatching(/\.bin cannot be read.*it is a folder/) }],
  ]);
});
