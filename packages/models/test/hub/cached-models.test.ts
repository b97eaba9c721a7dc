import { lstat, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { describe, expect, test } from 'vitest';
import { linkBlob } from '../../src/hub/link-blob.js';
import { checkModel, listModels, removeModel } from '../../src/index.js';
import { commit, neededFiles, repository, setUp } from './made-model.js';

describe('listModels', () => {
  test('tells what is in the cache, and how large', async () => {
    const { pull, hubCache, folder } = await setUp();
    const { bytes } = await pull();
    await mkdir(join(hubCache, 'datasets--made--data'));
    await mkdir(join(folder, 'snapshots', '.DS_Store'));
    await writeFile(join(folder, 'refs', 'broken'), '');
    const [model, ...others] = await listModels({ hubCache });
    expect(others).toEqual([]);
    expect(model).toEqual({
      name: repository,
      path: folder,
      revisions: { main: commit },
      commits: [commit],
      bytes: bytes + commit.length,
    });
  });

  test('knows those of the registry', async () => {
    const { pull, hubCache } = await setUp();
    await pull();
    const known = { name: 'made', repository, task: 'clip', licence: 'MIT' } as const;
    expect((await listModels({ hubCache, registry: [known] }))[0]?.known).toBe(known);
  });

  test('a cache that is not there is empty', async () => {
    expect(await listModels({ hubCache: join(await makeTemporaryFolder(), 'none') })).toEqual([]);
  });
});

describe('removeModel', () => {
  test('takes all of it, and nothing else', async () => {
    const { pull, hubCache } = await setUp();
    await pull();
    await mkdir(join(hubCache, 'models--made--other'));
    expect(await removeModel(repository, { hubCache })).toMatchObject({ name: repository });
    expect((await readdir(hubCache)).toSorted()).toEqual(['.locks', 'models--made--other']);
    expect(await readdir(join(hubCache, '.locks'))).toEqual([]);
    await expect(removeModel(repository, { hubCache })).rejects.toThrow(/made\/clip is not in the cache/);
  });

  test('follows no link', async () => {
    const hubCache = await makeTemporaryFolder();
    const mine = await makeTemporaryFolder();
    await writeFile(join(mine, 'file'), 'mine');
    await symlink(mine, join(hubCache, 'models--made--clip'));
    await removeModel(repository, { hubCache });
    expect(await readdir(mine)).toEqual(['file']);
    expect(await readdir(hubCache)).toEqual([]);
  });

  test('refuses a single revision', async () => {
    await expect(removeModel(`${repository}@main`)).rejects.toMatchObject({ code: 'ERR_INVALID_OPTIONS' });
  });
});

describe('checkModel', () => {
  test('finds all whole, then what is damaged, missing or not to be told', async () => {
    const { pull, hubCache, folder } = await setUp();
    await pull();
    const check = async () =>
      Object.fromEntries(
        (await checkModel(repository, { hubCache })).files.map(({ name, state }) => [name, state]),
      );
    expect(await check()).toEqual(Object.fromEntries(neededFiles.map((name) => [name, 'whole'])));

    const blobs = (await readdir(join(folder, 'blobs'))).map((name) => join(folder, 'blobs', name));
    const large = blobs.filter((path) => /[0-9a-f]{64}$/.test(path));
    await writeFile(large[0]!, 'x'); // there are three
    await rm(large[1]!);
    const config = join(folder, 'snapshots', commit, 'config.json');
    await rm(config);
    await writeFile(config, '{}');
    const states = await check();
    expect(Object.values(states).toSorted()).toEqual(
      [...Array(5).fill('whole'), 'damaged', 'missing', 'unknown'].toSorted(),
    );
    expect(states['config.json']).toBe('unknown');

    expect(await pull()).toMatchObject({ downloadedBytes: 200_000 });
    expect(new Set(Object.values(await check()))).toEqual(new Set(['whole']));
  });
});

test('files of a folder of one’s own have no digest, whatever they are called', async () => {
  const folder = await makeTemporaryFolder();
  await writeFile(join(folder, 'a'.repeat(40)), 'mine');
  expect((await checkModel(folder)).files).toEqual([{ name: 'a'.repeat(40), bytes: 4, state: 'unknown' }]);
});

test('a model of which only the commit is known has nothing to check', async () => {
  const { pull, hubCache, folder } = await setUp();
  await pull();
  await rm(join(folder, 'snapshots'), { recursive: true });
  await expect(checkModel(repository, { hubCache })).rejects.toThrow(
    /no files in .*pullModel\("made\/clip"\)/,
  );
});

describe('linkBlob', () => {
  test('where links cannot be made, the blob takes the place of the file', async () => {
    const folder = await makeTemporaryFolder();
    const [blob, file] = [join(folder, 'blob'), join(folder, 'snapshots', 'config.json')];
    await writeFile(blob, '{}');
    const refuse = () => Promise.reject(Object.assign(new Error('no'), { code: 'EPERM' }));
    await linkBlob(blob, file, refuse);
    expect((await lstat(file)).isFile()).toBe(true);
    expect(await readdir(folder)).toEqual(['snapshots']);
  });

  test('other troubles are told', async () => {
    const folder = await makeTemporaryFolder();
    const fail = () => Promise.reject(Object.assign(new Error('broken disk'), { code: 'EIO' }));
    await expect(linkBlob(join(folder, 'blob'), join(folder, 'file'), fail)).rejects.toThrow('broken disk');
  });
});
