import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeClipFolder, makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { expect, onTestFinished, test, vi } from 'vitest';
import {
  type MediaTower,
  openTowers,
  readSidecar,
  type TowersConfig,
  type TowersKind,
  type TowersOptions,
} from '../src/index.js';

/** A kind of model whose other tower is made up, beside a made text tower. */
async function setUp(change: Partial<TowersKind<'image', number, TowersConfig>> = {}) {
  const folder = await makeClipFolder(await makeTemporaryFolder());
  const cacheFolder = await makeTemporaryFolder();
  const tower: MediaTower<number> = {
    dimension: 4,
    batchSize: 5,
    embed: async (items) => Float32Array.from(items),
    close: vi.fn(async () => {}),
  };
  const openMedia = vi.fn(async () => tower);
  const kind: TowersKind<'image', number, TowersConfig> = {
    medium: 'image',
    async readConfig(model) {
      const texts = { promptTemplate: '{}', padTo: 'longest', maxPositions: 16 } as const;
      const sidecar = await readSidecar(model);
      return { ...texts, sidecar, activation: 'softmax', dimension: 4, mediaShape: [3, 8, 8] };
    },
    openMedia,
    ...change,
  };
  const open = async (options: TowersOptions<'image'> = {}) => {
    const opened = await openTowers(folder, { cacheFolder, ...options }, kind);
    onTestFinished(() => opened.towers.close());
    return opened;
  };
  return { folder, tower, openMedia, open };
}

test('makes one model of two towers', async () => {
  const { open, openMedia, folder } = await setUp();
  const { towers, config } = await open({ threads: 1 });
  expect(openMedia.mock.lastCall).toEqual([
    `${folder}/onnx/vision_model.onnx`,
    config,
    { threads: 1, device: undefined, signal: undefined },
  ]);
  expect(towers).toMatchObject({
    dimension: 4,
    batchSize: 5,
    logitScale: 20,
    logitBias: 0,
    promptTemplate: '{}',
  });
  expect(await towers.embed([1, 2])).toEqual(Float32Array.of(1, 2));
  expect(towers.encodedCount).toBe(0);
  expect(await towers.encodeTexts(['a cat'])).toHaveLength(4);
  expect(towers.encodedCount).toBe(1);
});

test('leaves out what is not asked for', async () => {
  const { open, openMedia } = await setUp();
  const { towers: text } = await open({ towers: 'text' });
  expect(openMedia).not.toHaveBeenCalled();
  await expect(text.embed([1])).rejects.toThrow(/without its image tower/);
  const { towers: image } = await open({ towers: 'image' });
  expect(image.id).toBe(text.id);
  await expect(image.encodeTexts(['a cat'])).rejects.toThrow(/without its text tower/);
});

test('closes the tower that was opened when something else fails', async () => {
  const unreadable = { sidecar: {}, activation: 'softmax', promptTemplate: '{}', padTo: 'longest' } as const;
  const { open, tower } = await setUp({ readConfig: async () => ({ ...unreadable, mediaShape: [] }) });
  await expect(open()).rejects.toThrow(/trained scale/);
  expect(tower.close).toHaveBeenCalledOnce();
});

test('closes a tower that was ready only after an abort', async () => {
  const controller = new AbortController();
  const { open, tower } = await setUp({
    async openMedia() {
      controller.abort();
      await sleep(20);
      return tower;
    },
  });
  await expect(open({ signal: controller.signal })).rejects.toMatchObject({ name: 'AbortError' });
  expect(tower.close).toHaveBeenCalledOnce();
});

test('refuses networks that are known not to work, whoever brought them', async () => {
  const hub = await makeTemporaryFolder();
  const commit = '0'.repeat(40);
  const folder = join(hub, 'models--Xenova--mobileclip_s0');
  await mkdir(join(folder, 'refs'), { recursive: true });
  await writeFile(join(folder, 'refs', 'main'), commit);
  const snapshot = await makeClipFolder(join(folder, 'snapshots', commit));
  await writeFile(join(snapshot, 'onnx', 'vision_model_quantized.onnx'), '');
  vi.stubEnv('HF_HUB_CACHE', hub);
  onTestFinished(() => void vi.unstubAllEnvs());
  const readConfig = () => Promise.reject(new Error('was read'));
  const kind = {
    medium: 'image',
    readConfig,
    openMedia: () => Promise.reject(new Error('was opened')),
  } as const;
  await expect(openTowers('mobileclip-s0', { dtype: 'q8' }, kind)).rejects.toMatchObject({
    code: 'ERR_INVALID_OPTIONS',
    message: expect.stringMatching(/q8 of mobileclip-s0 cannot be used/),
  });
});

test('bad options fail before anything is read', async () => {
  const readConfig = vi.fn();
  const { open } = await setUp({ readConfig });
  await expect(open({ towers: 'audio' as 'image' })).rejects.toMatchObject({ code: 'ERR_INVALID_OPTIONS' });
  await expect(open({ threads: 0 })).rejects.toMatchObject({ code: 'ERR_INVALID_OPTIONS' });
  expect(readConfig).not.toHaveBeenCalled();
});
