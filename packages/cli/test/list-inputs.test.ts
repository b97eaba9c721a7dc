import { execFileSync } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isMediaError, type Modality } from '@deepffmpeg/core';
import { makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { beforeEach, expect, test } from 'vitest';
import { listInputs, refuseFolder } from '../src/list-inputs.js';

let folder = '';
beforeEach(async () => {
  folder = await makeTemporaryFolder();
});

test.skipIf(process.platform === 'win32')(
  'a folder lists files and links to them, no pipes or devices',
  async () => {
    await writeFile(join(folder, 'a.mp4'), '');
    await symlink(join(folder, 'a.mp4'), join(folder, 'b.mp4'));
    execFileSync('mkfifo', [join(folder, 'c.mp4')]);
    await symlink('/dev/zero', join(folder, 'd.mp4'));
    await mkdir(join(folder, 'e.mp4'));
    expect(await listInputs([folder], ['vision'])).toEqual([join(folder, 'a.mp4'), join(folder, 'b.mp4')]);
  },
);

test('a folder lists what can be seen, or heard, or both', async () => {
  for (const name of ['a.jpg', 'b.mp4', 'c.wav', 'd.txt']) await writeFile(join(folder, name), '');
  const names = async (...modalities: Modality[]) =>
    (await listInputs([folder], modalities)).map((path) => basename(path));
  expect(await names('vision')).toEqual(['a.jpg', 'b.mp4']);
  expect(await names('audio')).toEqual(['b.mp4', 'c.wav']);
  expect(await names('vision', 'audio')).toEqual(['a.jpg', 'b.mp4', 'c.wav']);
});

test('a folder without media stays an input, and says so when it is opened', async () => {
  expect(await listInputs([folder, 'x.mp4'], ['vision'])).toEqual([folder, 'x.mp4']);
  const error = await refuseFolder(folder).catch((error) => error);
  expect(isMediaError(error, 'ERR_INPUT')).toBe(true);
  expect(error.message).toMatch(/holds no media files of the kind/);
});

test('what is no folder is not refused', async () => {
  await expect(refuseFolder(join(folder, 'missing.mp4'))).resolves.toBeUndefined();
});
