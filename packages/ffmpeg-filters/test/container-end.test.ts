import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import { missingEnd } from '../src/container-end.js';
import { resolveInput } from '../src/media-input.js';

const chunk = (name: string, length: number, kind = '') => {
  const head = Buffer.from(`${name}....${kind}`, 'latin1');
  head.writeUInt32LE(length, 4);
  return head;
};

/** An AVI with so many empty chunks before its packets, of which 96 bytes are missing. */
async function makeCutAvi(emptyChunks: number): Promise<string> {
  const path = join(await makeTemporaryFolder(), 'cut.avi');
  const empty = Array.from({ length: emptyChunks }, () => chunk('JUNK', 0));
  await writeFile(path, Buffer.concat([chunk('RIFF', 1e6, 'AVI '), ...empty, chunk('LIST', 100, 'movi')]));
  return path;
}

test.each([
  [20, '96 bytes of its packets are missing'],
  [20_000, undefined],
])('of an AVI as many chunks are looked at as one may have: %d', async (emptyChunks, missing) => {
  expect(await missingEnd(resolveInput(await makeCutAvi(emptyChunks), {}), 'avi')).toBe(missing);
});

/** The header of an ASF file that says so many bytes, and as many of it as there are. */
async function makeAsf(statedSize: number, flags: number, size: number): Promise<string> {
  const path = join(await makeTemporaryFolder(), 'film.wmv');
  const other = Buffer.alloc(40);
  other.writeBigUInt64LE(40n, 16);
  const properties = Buffer.alloc(104);
  properties.write('a1dcab8c47a9cf118ee400c00c205365', 'hex');
  properties.writeBigUInt64LE(104n, 16);
  properties.writeBigUInt64LE(BigInt(statedSize), 40);
  properties.writeUInt32LE(flags, 88);
  const file = Buffer.concat([Buffer.alloc(30), other, properties, Buffer.alloc(1000)]);
  await writeFile(path, file.subarray(0, size));
  return path;
}

test.each([
  { title: 'is whole', statedSize: 600, flags: 2, size: 600, missing: undefined },
  { title: 'is cut', statedSize: 600, flags: 2, size: 500, missing: '100 bytes of the file are missing' },
  { title: 'has something behind it', statedSize: 600, flags: 2, size: 700, missing: undefined },
  { title: 'is cut in its header', statedSize: 600, flags: 2, size: 100, missing: undefined },
  { title: 'was written into a pipe', statedSize: 0, flags: 3, size: 500, missing: undefined },
  { title: 'is a broadcast', statedSize: 600, flags: 1, size: 500, missing: undefined },
])('an ASF file that $title', async ({ statedSize, flags, size, missing }) => {
  const path = await makeAsf(statedSize, flags, size);
  expect(await missingEnd(resolveInput(path, {}), 'asf')).toBe(missing);
});

test.each([
  ['no size', 0n],
  ['the largest size', 2n ** 64n - 1n],
])('an ASF file whose objects have %s is not gone through for ever', async (_, objectSize) => {
  const path = join(await makeTemporaryFolder(), 'broken.wmv');
  const bytes = Buffer.alloc(100_000);
  bytes.writeBigUInt64LE(objectSize, 46);
  await writeFile(path, bytes);
  expect(await missingEnd(resolveInput(path, {}), 'asf')).toBeUndefined();
});
