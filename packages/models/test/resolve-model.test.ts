import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import { pullModel, removeModel, resolveModel } from '../src/index.js';

const commit = 'a'.repeat(40);

/** Lays a repository into a hub cache as its own clients do: blobs, and snapshots that link to them. */
async function makeHubCache({ repository = 'Xenova/clip-vit-base-patch32', reference = commit } = {}) {
  const hubCache = await makeTemporaryFolder();
  const folder = join(hubCache, `models--${repository.replace('/', '--')}`);
  const snapshot = join(folder, 'snapshots', commit);
  for (const part of ['refs', 'blobs']) await mkdir(join(folder, part), { recursive: true });
  await mkdir(snapshot, { recursive: true });
  await writeFile(join(folder, 'refs', 'main'), reference);
  await writeFile(join(folder, 'blobs', 'b'.repeat(40)), '{}');
  await symlink(`../../blobs/${'b'.repeat(40)}`, join(snapshot, 'config.json'));
  return { hubCache, snapshot };
}

test('says where the included models are', async () => {
  await expect(resolveModel('tiny')).rejects.toMatchObject({
    code: 'ERR_MODEL_MISSING',
    message: expect.stringContaining(
      'tinyClipFolder, tinyClapFolder and tinyDetectorFolder of @deepffmpeg/tiny-models',
    ),
  });
});

test('says what came where a name was forgotten', async () => {
  for (const name of [undefined, 7]) {
    const error = { code: 'ERR_INVALID_OPTIONS', message: `model: expected a name or a folder, got ${name}` };
    const untyped = name as unknown as string; // as JavaScript would give it
    await expect(resolveModel(untyped)).rejects.toMatchObject(error);
    await expect(pullModel(untyped)).rejects.toMatchObject(error);
    await expect(removeModel(untyped)).rejects.toMatchObject(error);
  }
});

test('takes a folder that exists', async () => {
  const folder = await makeTemporaryFolder();
  expect(await resolveModel(folder)).toEqual({ path: folder, name: folder.split('/').at(-1) });
});

test('finds a repository in the hub cache, by its name and by its short name', async () => {
  const { hubCache, snapshot } = await makeHubCache();
  for (const name of ['Xenova/clip-vit-base-patch32', 'clip-vit-base-patch32']) {
    const model = await resolveModel(name, { hubCache });
    expect(model).toMatchObject({ path: snapshot, name: 'Xenova/clip-vit-base-patch32', hubCache });
    expect(model.known).toMatchObject({ logitScale: 100, licence: 'MIT' });
  }
});

test('finds a repository that the registry does not know', async () => {
  const { hubCache, snapshot } = await makeHubCache({ repository: 'someone/some.model_2' });
  const model = await resolveModel('someone/some.model_2', { hubCache });
  expect(model).toEqual({ path: snapshot, name: 'someone/some.model_2', hubCache, known: undefined });
});

test('finds a revision: a branch that was brought, or a commit', async () => {
  const { hubCache, snapshot } = await makeHubCache();
  const folder = join(hubCache, 'models--Xenova--clip-vit-base-patch32');
  await mkdir(join(folder, 'refs', 'refs', 'pr'), { recursive: true });
  await writeFile(join(folder, 'refs', 'refs', 'pr', '1'), commit);
  for (const revision of ['refs/pr/1', commit, 'main'])
    expect((await resolveModel(`clip-vit-base-patch32@${revision}`, { hubCache })).path).toBe(snapshot);
  await expect(resolveModel('clip-vit-base-patch32@v2', { hubCache })).rejects.toThrow(
    /pullModel\("clip-vit-base-patch32@v2"\)/,
  );
});

test.each(['', '..', '../main', '/main', 'a//b', '.hidden', 'a\\b', 'main@main', '-x'])(
  'refuses the revision %j',
  async (revision) => {
    const { hubCache } = await makeHubCache();
    const name = `clip-vit-base-patch32@${revision}`;
    await expect(resolveModel(name, { hubCache, files: [] })).rejects.toMatchObject({
      code: 'ERR_MODEL_MISSING',
    });
  },
);

test('says where a model is that the hub does not have', async () => {
  await expect(resolveModel('yolox-s')).rejects.toThrow(
    /yolox-s is not on the hub: download https:.*--detect-head/,
  );
});

test('says which file is missing, where it looked, and the two ways on', async () => {
  const { hubCache } = await makeHubCache();
  const missing = resolveModel('clip-vit-base-patch32', { hubCache, files: ['onnx/vision_model.onnx'] });
  await expect(missing).rejects.toMatchObject({ code: 'ERR_MODEL_MISSING' });
  const message = await missing.catch((error: Error) => error.message);
  expect(message).toContain('onnx/vision_model.onnx');
  expect(message).toContain(hubCache);
  expect(message).toContain('pullModel("clip-vit-base-patch32")');
  expect(message).toMatch(/a model's folder$/);
  expect(message).not.toMatch(/--|deepffmpeg |no folder/); // flags are for those who have them
});

test('an empty cache is no other case', async () => {
  const hubCache = join(await makeTemporaryFolder(), 'none');
  await expect(resolveModel('Xenova/clip-vit-base-patch16', { hubCache })).rejects.toThrow(
    /config\.json.*pullModel\("Xenova/,
  );
});

test('a name that may be meant for a folder is told as both', async () => {
  const hubCache = join(await makeTemporaryFolder(), 'none');
  await expect(resolveModel('models/clip', { hubCache })).rejects.toThrow(
    /^there is no folder models\/clip, and config\.json of the model models\/clip is not in the cache /,
  );
});

test.each([
  './models/clip',
  '../clip',
  '/models/clip',
  'my/models/clip',
  'models/clip/',
  'C:\\clip',
  '~/clip',
])('the path %j is told as a folder alone', async (path) => {
  const message = `there is no folder ${path}`;
  await expect(resolveModel(path)).rejects.toMatchObject({ code: 'ERR_MODEL_MISSING', message });
});

test.each([
  '../../../no-such-folder',
  '../x',
  'a/../b',
  'a/b/c',
  'a--b/c',
  '/nowhere/at/all',
  'a\\b',
  'a/..',
  '',
])('refuses the name %j', async (name) => {
  const { hubCache } = await makeHubCache();
  await expect(resolveModel(name, { hubCache, files: [] })).rejects.toMatchObject({
    code: 'ERR_MODEL_MISSING',
  });
});

test('a reference that is no commit leads nowhere', async () => {
  const { hubCache } = await makeHubCache({ reference: '../../../../etc' });
  await expect(resolveModel('clip-vit-base-patch32', { hubCache, files: [] })).rejects.toMatchObject({
    code: 'ERR_MODEL_MISSING',
  });
});

test('says that a file is no model', async () => {
  const file = join(await makeTemporaryFolder(), 'model.onnx');
  await writeFile(file, '');
  await expect(resolveModel(file)).rejects.toThrow(/is a file/);
});

test('names the known models when it does not know a short name', async () => {
  await expect(resolveModel('clipp')).rejects.toThrow(/clip-vit-base-patch32/);
});

test.runIf(process.platform !== 'win32')('reads no device as the name of a commit', async () => {
  const { hubCache } = await makeHubCache();
  const reference = join(hubCache, 'models--Xenova--clip-vit-base-patch32', 'refs', 'main');
  await rm(reference);
  await symlink('/dev/zero', reference);
  await expect(resolveModel('clip-vit-base-patch32', { hubCache })).rejects.toMatchObject({
    code: 'ERR_MODEL_MISSING',
  });
});
