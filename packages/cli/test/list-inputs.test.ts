import { execFileSync } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join, relative } from 'node:path';
import { isMediaError, type Modality } from '@deepffmpeg/core';
import { makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { beforeEach, expect, test, vi } from 'vitest';
import { listInputs, refuseNoFile } from '../src/list-inputs.js';

// A folder without rights, which root could read all the same.
vi.mock('node:fs/promises', async (importOriginal) => {
  const fs = await importOriginal<typeof import('node:fs/promises')>();
  const readdir = async (path: string, options: { recursive?: boolean } = {}) => {
    const paths = options.recursive ? ['', ...(await fs.readdir(path, { recursive: true }))] : [''];
    if (paths.some((each) => join(path, each).endsWith('locked')))
      throw new Error('EACCES: permission denied, scandir');
    return fs.readdir(path, options);
  };
  return { ...fs, readdir };
});

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

test('rarer formats that are read are not passed over, nor are pictures taken for films', async () => {
  const stills = ['apng', 'bmp', 'mjpeg'];
  const sound = ['m4b', 'mpc', 'spx', 'tak', 'w64'];
  for (const ending of [...stills, ...sound, 'qt', 'txt']) await writeFile(join(folder, `a.${ending}`), '');
  const endings = async (modality: Modality, withStills: boolean) =>
    (await listInputs([folder], [modality], { withStills })).map((path) => extname(path).slice(1));
  expect(await endings('vision', true)).toEqual([...stills, 'qt'].sort());
  expect(await endings('vision', false)).toEqual(['qt']);
  expect(await endings('audio', true)).toEqual([...sound, 'qt'].sort());
});

test.each(['.', './', 'films', './films', './films/', 'films//'])(
  'a folder named %s gives all its files but hidden ones',
  async (typed) => {
    const names = ['1.mp4', '01.mp4', 'z.mp4', 'deep/.hidden/y.mp4', '.secret/x.mp4', '.w.mp4'];
    for (const place of ['.', 'films'].map((each) => join(folder, each)))
      for (const name of names) {
        await mkdir(dirname(join(place, name)), { recursive: true });
        await writeFile(join(place, name), '');
      }
    const cwd = process.cwd();
    process.chdir(folder);
    try {
      const found = await listInputs([typed], ['vision']);
      const seen = found.map((path) => relative(typed, path)).filter((path) => !path.startsWith('films'));
      expect(seen).toEqual(['01.mp4', '1.mp4', 'z.mp4']);
    } finally {
      process.chdir(cwd);
    }
  },
);

test('a hidden folder that is named itself is not left out', async () => {
  const hidden = join(folder, '.hidden');
  await mkdir(hidden);
  await writeFile(join(hidden, 'a.mp4'), '');
  expect(await listInputs([hidden], ['vision'])).toEqual([join(hidden, 'a.mp4')]);
});

test('a folder without media stays an input, and says so when it is opened', async () => {
  expect(await listInputs([folder, 'x.mp4'], ['vision'])).toEqual([folder, 'x.mp4']);
  const error = await refuseNoFile(folder).catch((error) => error);
  expect(isMediaError(error, 'ERR_INPUT')).toBe(true);
  expect(error.message).toMatch(/holds no media files of the kind/);
});

test('a folder that cannot be read is an input that fails, and its neighbours are taken', async () => {
  const [films, locked] = [join(folder, 'films'), join(folder, 'films', 'locked')];
  await mkdir(locked, { recursive: true });
  await writeFile(join(locked, 'b.mp4'), '');
  for (const name of ['a.mp4', 'z.mp4']) await writeFile(join(films, name), '');
  expect(await listInputs([films], ['vision'])).toEqual([join(films, 'a.mp4'), locked, join(films, 'z.mp4')]);
  await expect(refuseNoFile(locked)).rejects.toMatchObject({
    code: 'ERR_INPUT',
    message: expect.stringMatching(/locked cannot be read: EACCES: .*: name a file, or another folder$/),
  });
});

test.skipIf(process.platform === 'win32')('a pipe is refused, with the way to read it', async () => {
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  await expect(refuseNoFile(join(folder, 'pipe'))).rejects.toMatchObject({
    code: 'ERR_INPUT',
    message: expect.stringMatching(/pipe is no regular file .* \| deepffmpeg classify -$/),
  });
});

test('what is no folder is not refused', async () => {
  await expect(refuseNoFile(join(folder, 'missing.mp4'))).resolves.toBeUndefined();
});
