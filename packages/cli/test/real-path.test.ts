import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { beforeEach, expect, test } from 'vitest';
import { realPathOf } from '../src/real-path.js';

let folder = '';
beforeEach(async () => {
  folder = await realPathOf(await makeTemporaryFolder());
});

test('a file has one name under all its names', async () => {
  await mkdir(join(folder, 'deep', 'er'), { recursive: true });
  await writeFile(join(folder, 'deep', 'file'), '');
  await symlink('deep/file', join(folder, 'link'));
  await symlink('deep/er', join(folder, 'folder'));
  for (const name of ['deep/file', 'link', './deep/../link'])
    expect(await realPathOf(join(folder, name))).toBe(join(folder, 'deep', 'file'));
  expect(await realPathOf(join(folder, 'folder', 'new'))).toBe(join(folder, 'deep', 'er', 'new'));
});

test('links to what is not there yet lead to where it would be made', async () => {
  await mkdir(join(folder, 'deep', 'er'), { recursive: true });
  await symlink('new', join(folder, 'first'));
  await symlink('first', join(folder, 'second'));
  await symlink('deep/er', join(folder, 'folder'));
  await symlink('../new', join(folder, 'deep', 'er', 'up'));
  expect(await realPathOf(join(folder, 'second'))).toBe(join(folder, 'new'));
  expect(await realPathOf(join(folder, 'folder', 'up'))).toBe(join(folder, 'deep', 'new'));
});

test('links in a circle are left as they are', async () => {
  await symlink('b', join(folder, 'a'));
  await symlink('a', join(folder, 'b'));
  expect(await realPathOf(join(folder, 'a'))).toBe(join(folder, 'a'));
});
