import { execFile } from 'node:child_process';
import { chmod, lstat, open, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { openAtomicFile, removeUnfinished } from '../src/index.js';

let folder = '';
let path = '';
beforeEach(async () => {
  folder = await makeTemporaryFolder();
  path = join(folder, 'out.csv');
});

test('appears complete, at the end', async () => {
  const file = await openAtomicFile(path);
  await file.write('one\n');
  await file.write(Buffer.from('two\n'));
  expect(await readdir(folder)).not.toContain('out.csv');
  await file.commit();
  expect(await readFile(path, 'utf8')).toBe('one\ntwo\n');
  expect(await readdir(folder)).toEqual(['out.csv']);
});

test('takes any name that the file system takes', async () => {
  const name = `${'x'.repeat(251)}.csv`;
  const file = await openAtomicFile(join(folder, name));
  await file.write('one');
  await file.commit();
  expect(await readdir(folder)).toEqual([name]);
});

test('tells a program that writes it where it is', async () => {
  const file = await openAtomicFile(path);
  await writeFile(file.path, 'by another');
  await file.commit();
  expect(await readFile(path, 'utf8')).toBe('by another');
  expect(await readdir(folder)).toEqual(['out.csv']);
});

test('makes the target of a link that has none yet', async () => {
  await symlink('out.csv', join(folder, 'link'));
  const file = await openAtomicFile(join(folder, 'link'));
  await file.write('new');
  await file.commit();
  expect(await readFile(path, 'utf8')).toBe('new');
  expect((await readdir(folder)).sort()).toEqual(['link', 'out.csv']);
});

test('makes what a chain of links leads to, and leaves the links', async () => {
  await symlink('out.csv', join(folder, 'first'));
  await symlink('first', join(folder, 'second'));
  const file = await openAtomicFile(join(folder, 'second'));
  await file.write('new');
  await file.commit();
  expect(await readFile(path, 'utf8')).toBe('new');
  expect((await lstat(join(folder, 'first'))).isSymbolicLink()).toBe(true);
});

test('replaces a file where the file system keeps no modes', async () => {
  await writeFile(path, 'before');
  const handle = await open(path);
  const refused = Object.assign(new Error('operation not permitted, fchmod'), { code: 'EPERM' });
  const chmods = vi.spyOn(Object.getPrototypeOf(handle), 'chmod').mockRejectedValue(refused);
  onTestFinished(() => chmods.mockRestore());
  await handle.close();
  const file = await openAtomicFile(path);
  await file.write('after');
  await file.commit();
  expect(chmods).toHaveBeenCalledOnce();
  expect(await readFile(path, 'utf8')).toBe('after');
  expect(await readdir(folder)).toEqual(['out.csv']);
});

test('leaves what was there when discarded', async () => {
  await writeFile(path, 'before');
  const file = await openAtomicFile(path);
  await file.write('half');
  await file.discard();
  expect(await readFile(path, 'utf8')).toBe('before');
  expect(await readdir(folder)).toEqual(['out.csv']);
});

test('replaces the file behind a link, and keeps its mode', async () => {
  await writeFile(path, 'before');
  await chmod(path, 0o664); // more than the usual umask leaves
  await symlink(path, join(folder, 'link'));
  const file = await openAtomicFile(join(folder, 'link'));
  await file.write('after');
  await file.commit();
  expect(await readFile(path, 'utf8')).toBe('after');
  expect((await stat(path)).mode & 0o777).toBe(0o664);
  expect((await readdir(folder)).sort()).toEqual(['link', 'out.csv']);
});

test.skipIf(process.platform === 'win32')('writes straight to what is no regular file', async () => {
  const file = await openAtomicFile('/dev/null');
  await file.write('gone');
  await file.commit();
  expect((await stat('/dev/null')).isCharacterDevice()).toBe(true);
});

test.skipIf(process.platform !== 'linux')('a full disk is an error that names the file', async () => {
  const file = await openAtomicFile('/dev/full');
  await expect(file.write('x')).rejects.toMatchObject({
    code: 'ERR_OUTPUT',
    message: expect.stringContaining('/dev/full: ENOSPC'),
  });
  await file.discard();
});

test('a place that cannot be written is told before any work', async () => {
  await expect(openAtomicFile(join(folder, 'none', 'x'))).rejects.toMatchObject({ code: 'ERR_OUTPUT' });
  await expect(openAtomicFile(folder)).rejects.toThrow('it is a directory');
});

describe.skipIf(process.platform === 'win32')('a named pipe', () => {
  beforeEach(() => promisify(execFile)('mkfifo', [path]));

  test('that nobody reads is waited for until the abort, and what opens after it is closed', async () => {
    const controller = new AbortController();
    const opening = openAtomicFile(path, { signal: controller.signal });
    controller.abort();
    await expect(opening).rejects.toMatchObject({ name: 'AbortError' });
    expect(await readFile(path, 'utf8')).toBe(''); // it would not end while somebody may write
    expect(await readdir(folder)).toEqual(['out.csv']);
  });

  test('gets what is written', async () => {
    const reading = readFile(path, 'utf8');
    const file = await openAtomicFile(path, { signal: new AbortController().signal });
    await file.write('one');
    await file.commit();
    expect(await reading).toBe('one');
  });
});

test('can be given up with all others at once, which removes what was begun and nothing else', async () => {
  const [one, two, done] = await Promise.all(
    ['one', 'two', 'done'].map((name) => openAtomicFile(join(folder, name))),
  );
  await one?.write('half');
  await two?.discard();
  await done?.commit();
  removeUnfinished();
  expect(await readdir(folder)).toEqual(['done']);
  await one?.discard();
});
