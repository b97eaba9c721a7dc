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
