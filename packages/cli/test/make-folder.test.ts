import { existsSync } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import { makeFolder } from '../src/make-folder.js';

test('a folder is made with those around it, by several at once, too', async () => {
  const place = await makeTemporaryFolder();
  const folder = join(place, 'a/b/c');
  await makeFolder(folder);
  expect((await stat(folder)).isDirectory()).toBe(true);
  await Promise.all([1, 2, 3].map(() => makeFolder(join(place, 'd/e/../f'))));
  expect((await stat(join(place, 'd/f'))).isDirectory()).toBe(true);
});

test('what was made goes again where nothing came into it, and nothing else', async () => {
  const place = await makeTemporaryFolder();
  const discards = [await makeFolder(join(place, 'a/b/c')), await makeFolder(join(place, 'a/b/c'))];
  await discards[1]?.();
  expect(existsSync(join(place, 'a/b/c'))).toBe(true); // it was there before
  await writeFile(join(place, 'a/file'), '');
  await discards[0]?.();
  expect([existsSync(join(place, 'a/file')), existsSync(join(place, 'a/b'))]).toEqual([true, false]);
});

test('what is no folder is told', async () => {
  const file = join(await makeTemporaryFolder(), 'file');
  await writeFile(file, '');
  for (const folder of [file, join(file, 'a')])
    await expect(makeFolder(folder)).rejects.toMatchObject({
      code: 'ERR_OUTPUT',
      message: expect.stringContaining(`cannot write into ${folder}: `),
    });
});

test.skipIf(process.platform !== 'linux')('a folder that takes none is told', async () => {
  await expect(makeFolder('/proc/none/a')).rejects.toMatchObject({ code: 'ERR_OUTPUT' });
});
