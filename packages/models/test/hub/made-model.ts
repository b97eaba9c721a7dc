import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { type MadeHub, type MadeRepository, makeTemporaryFolder, startHub } from '@deepffmpeg/test-kit';
import { onTestFinished, vi } from 'vitest';
import { pullModelWith } from '../../src/hub/pull-model.js';
import type { PulledModel, PullOptions } from '../../src/index.js';

export const repository = 'made/clip';
export const commit = 'c'.repeat(40);

/** Bytes that no one else has, long enough to be cut anywhere. */
const network = (seed: number, bytes = 100_000) =>
  Buffer.from(Uint8Array.from({ length: bytes }, (_, i) => (i * seed) % 251));

/** A repository with more in it than a model needs. */
export const madeModel: MadeRepository = {
  commit,
  files: {
    'README.md': Buffer.from('not needed'),
    'config.json': Buffer.from('{"model_type":"clip"}'),
    'preprocessor_config.json': Buffer.from('{}'),
    'tokenizer.json': Buffer.from('{"model":{}}'),
    'tokenizer_config.json': Buffer.from('{"model_max_length":77}'),
    'deepffmpeg.json': Buffer.from('{"logitScale":20}'),
    'onnx/model.onnx': network(3),
    'onnx/text_model.onnx': network(5),
    'onnx/text_model.onnx_data': network(7),
    'onnx/vision_model.onnx': network(11),
    'onnx/text_model_fp16.onnx': network(13, 5000),
    'onnx/vision_model_fp16.onnx': network(17, 5000),
  },
};

export const neededFiles = [
  'config.json',
  'preprocessor_config.json',
  'tokenizer.json',
  'tokenizer_config.json',
  'deepffmpeg.json',
  'onnx/text_model.onnx',
  'onnx/text_model.onnx_data',
  'onnx/vision_model.onnx',
];

/** Enough for tests: nobody waits long, and what does not answer is given up soon. */
export const system = {
  patience: { timeoutMs: 1000, attempts: 4, firstDelayMs: 1 },
  freeBytes: async () => Number.MAX_SAFE_INTEGER,
};

export interface Workbench {
  readonly hub: MadeHub;
  readonly hubCache: string;
  /** Where the repository is in the cache. */
  readonly folder: string;
  pull(options?: PullOptions, name?: string): Promise<PulledModel>;
}

/** A hub with a model, and an empty cache. */
export async function setUp(model: MadeRepository = madeModel): Promise<Workbench> {
  const hub = await startHub({ [repository]: model });
  const home = await makeTemporaryFolder();
  const hubCache = join(home, 'hub');
  vi.stubEnv('HF_ENDPOINT', hub.endpoint);
  vi.stubEnv('HF_HOME', home);
  for (const name of [
    'HF_TOKEN',
    'HUGGING_FACE_HUB_TOKEN',
    'HF_TOKEN_PATH',
    'HF_HUB_OFFLINE',
    'HTTP_PROXY',
    'http_proxy',
  ])
    vi.stubEnv(name, '');
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const pull = (options?: PullOptions, name = repository) =>
    pullModelWith(name, { hubCache, ...options }, system);
  return { hub, hubCache, folder: join(hubCache, 'models--made--clip'), pull };
}

/** What a folder holds: a link's target behind an arrow, a reference's text, else the size. */
export async function listing(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const lines = entries
    .filter((entry) => !entry.isDirectory())
    .map(async ({ parentPath, name }) => {
      const path = join(parentPath, name);
      const place = relative(folder, path);
      if ((await lstat(path)).isSymbolicLink()) return `${place} -> ${await readlink(path)}`;
      return place.startsWith('refs/')
        ? `${place} = ${await readFile(path, 'utf8')}`
        : `${place}: ${(await lstat(path)).size}`;
    });
  return (await Promise.all(lines)).toSorted();
}
