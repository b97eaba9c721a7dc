import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import { writeAtomicFile } from '../src/index.js';

test('a file appears whole, in the place of what was there', async () => {
  const folder = await makeTemporaryFolder();
  const path = join(folder, 'a.txt');
  await writeAtomicFile(path, 'first');
  await writeAtomicFile(path, Uint8Array.of(0x68, 0x69));
  expect(await readFile(path, 'utf8')).toBe('hi');
  expect(await readdir(folder)).toEqual(['a.txt']);
});

test('one that cannot be written leaves nothing', async () => {
  const folder = await makeTemporaryFolder();
  await mkdir(join(folder, 'taken'));
  for (const name of ['taken', 'none/a.txt'])
    await expect(writeAtomicFile(join(folder, name), 'x')).rejects.toMatchObject({ code: 'ERR_OUTPUT' });
  expect(await readdir(folder)).toEqual(['taken']);
});
