import { join } from 'node:path';
import { type Activation, abortable, MediaError, parseOptions, throwIfAborted } from '@deepffmpeg/core';
import * as z from 'zod';
import { cacheFolders } from './cache-folders.js';
import type { TextModel } from './encode-labels.js';
import { fileDigest } from './file-digest.js';
import type { CacheOptions } from './file-memo.js';
import { findScale, type Scale } from './find-scale.js';
import { measureJointScale } from './measure-joint-scale.js';
import { type Dtype, isFile, type ModelFolder, onnxFileName, requireFile } from './model-folder.js';
import type { SessionOptions } from './open-session.js';
import { openTextTower, type TextTower } from './open-text-tower.js';
import { openTokenizer, type Padding } from './open-tokenizer.js';
import type { Sidecar } from './read-sidecar.js';
import { refuseUnusable } from './registry/refuse-unusable.js';
import { resolveModel } from './resolve-model.js';
import { type OnWarning, warnOnce } from './warnings.js';

/** What a model's other tower takes, besides text. */
export type Medium = 'image' | 'audio';

/** How to open a model of two towers. */
export interface TowersOptions<M extends Medium> extends SessionOptions {
  /** Overrides the trained scale. @defaultValue what the model's files tell */
  readonly logitScale?: number | undefined;
  /** Overrides the trained bias of a sigmoid model. @defaultValue what the model's files tell */
  readonly logitBias?: number | undefined;
  /** A folder or tokenizer.json to use in place of the model's. */
  readonly tokenizer?: string | undefined;
  /** Which files of the model to use. @defaultValue 'fp32' */
  readonly dtype?: Dtype | undefined;
  /** Leaves out the tower that is not needed: then `embed`, or `encodeTexts`, fails. @defaultValue 'both' */
  readonly towers?: 'both' | M | 'text' | undefined;
  /** Where text embeddings and digests are kept. @defaultValue `cacheFolders().deepffmpeg` */
  readonly cacheFolder?: string | undefined;
  /** Hears of trouble that does not change results. @defaultValue `process.emitWarning` */
  readonly onWarning?: OnWarning | undefined;
}

/** The half of a model that sees or hears. */
export interface MediaTower<Item> {
  /** Length of an embedding. */
  readonly dimension: number;
  /** How many items it does best with at once. */
  readonly batchSize: number;
  /** Returns float32, `[items, dimension]`, each row of L2 norm 1. */
  embed(items: readonly Item[], options?: { readonly signal?: AbortSignal }): Promise<Float32Array>;
  close(): Promise<void>;
}

/** What a model's files say. */
export interface TowersConfig {
  readonly sidecar: Sidecar;
  readonly activation: Activation;
  /** `{}` stands for the label. */
  readonly promptTemplate: string;
  /** Length of an embedding, where the files tell. */
  readonly dimension?: number;
  /** Tokens that a text may have, and how shorter ones are filled up. */
  readonly maxPositions?: number;
  readonly padTo: Padding;
  /** Of one item as the joint model takes it, without the batch. */
  readonly mediaShape: readonly number[];
}

/** One kind of model, such as image-text. */
export interface TowersKind<M extends Medium, Item, Config extends TowersConfig> {
  readonly medium: M;
  /** Reads and checks the model's JSON files. */
  readConfig(model: ModelFolder): Promise<Config>;
  /** Loads the tower of the medium and checks it against them. */
  openMedia(path: string, config: Config, options: SessionOptions): Promise<MediaTower<Item>>;
}

/** Both towers as one model. Whoever opened it closes it. */
export interface Towers<Item> extends MediaTower<Item>, TextModel {
  /** Digest of the weights of the tower that sees or hears, in hexadecimal. SHA-256. */
  readonly weightsDigest: string;
  /** Digest of what reads: the text tower's weights, the tokenizer and how it is used. SHA-256, in hexadecimal. */
  textDigest(options?: { readonly signal?: AbortSignal }): Promise<string>;
  /** Sentences that the text tower has read since the model was opened; all others came from the cache. */
  readonly encodedCount: number;
  /**
   * Returns float32, `[sentences, dimension]`, each row of L2 norm 1. What was read before, by any process, comes
   * from the cache on disk; the text tower is loaded with the first sentence that is not there.
   *
   * @throws {MediaError} `ERR_MODEL_LOAD`, `ERR_MODEL_CONFIG`, `ERR_MODEL_OUTPUT`, `ERR_DEVICE`
   */
  encodeTexts(
    sentences: readonly string[],
    options?: { readonly signal?: AbortSignal },
  ): Promise<Float32Array>;
  /** Releases all, after the work in flight. Again does nothing more. */
  close(): Promise<void>;
}

const parts: Readonly<Record<Medium, string>> = { image: 'vision_model', audio: 'audio_model' };

/**
 * Opens a model of two towers, one for text and one for pictures or sound.
 *
 * The latter is loaded at once, in a thread of its own; the text tower when a sentence is not in the cache. Weights'
 * digest and the trained scale are found meanwhile. Where anything fails, all that was opened is closed.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, `ERR_MODEL_MISSING`, `ERR_MODEL_CONFIG` (a file lacks something, or they
 * contradict each other), `ERR_MODEL_LOAD`, `ERR_DEVICE`; an `AbortError`, promptly, when aborted.
 */
export async function openTowers<M extends Medium, Item, Config extends TowersConfig>(
  nameOrFolder: string,
  options: TowersOptions<M>,
  { medium, readConfig, openMedia }: TowersKind<M, Item, Config>,
): Promise<{ readonly towers: Towers<Item>; readonly config: Config }> {
  const { signal, onWarning, ...given } = options;
  const settings = parseOptions(settingsSchema(medium), given);
  const { device, threads, dtype, cacheFolder = cacheFolders().deepffmpeg } = settings;
  const cache = { cacheFolder, onWarning: warnOnce(onWarning) };
  throwIfAborted(signal);

  const file = onnxFileName(parts[medium], dtype);
  const model = await resolveModel(nameOrFolder, { files: ['config.json', file] });
  refuseUnusable(model.known, dtype);
  const [config, path] = await Promise.all([readConfig(model), requireFile(model, file)]);
  const session = { device, threads, signal };
  const opening = settings.towers === 'text' ? undefined : openMedia(path, config, session);
  const measure = () => measureScale(model, config, settings.tokenizer, { ...session, ...cache });
  const digesting = fileDigest(path, { ...cache, signal });
  const scaling = findScale({ ...settings, model, ...config, measure });
  try {
    const all = Promise.all([opening, digesting, scaling]);
    const [media, weightsDigest, scale] = await abortable(all, signal);
    const dimension = media?.dimension ?? requireDimension(model, config);
    const textOptions = { ...settings, ...config, ...cache, model, dimension };
    const text = settings.towers === medium ? undefined : await openTextTower(textOptions);
    const { activation, promptTemplate } = config;
    const towers: Towers<Item> = {
      id: `${model.name}@${weightsDigest.slice(0, 12)}`,
      weightsDigest,
      dimension,
      ...scale,
      activation,
      promptTemplate,
      batchSize: media?.batchSize ?? 1,
      ...joinTowers(medium, media, text),
      get encodedCount() {
        return text?.encodedCount ?? 0;
      },
    };
    return { towers, config };
  } catch (error) {
    const [opened] = await Promise.allSettled([opening, digesting, scaling]); // nothing goes on behind a rejection
    if (opened.status === 'fulfilled') await opened.value?.close();
    throw error;
  }
}

const settingsSchema = (medium: Medium) =>
  z.strictObject({
    device: z.string().min(1).optional(),
    threads: z.int().min(1).max(256).optional(),
    logitScale: z.number().positive().optional(),
    logitBias: z.number().optional(),
    tokenizer: z.string().min(1).optional(),
    dtype: z.enum(['fp32', 'fp16', 'q8']).default('fp32'),
    towers: z.enum(['both', medium, 'text']).default('both'),
    cacheFolder: z.string().min(1).optional(),
  }) satisfies z.ZodType<Omit<TowersOptions<Medium>, 'onWarning' | 'signal'>>;

function joinTowers<Item>(
  medium: Medium,
  media: MediaTower<Item> | undefined,
  text: TextTower | undefined,
): Pick<Towers<Item>, 'embed' | 'encodeTexts' | 'textDigest' | 'close'> {
  return {
    embed: media?.embed ?? (() => Promise.reject(leftOut(medium))),
    encodeTexts: async (sentences, options) => {
      if (!text) throw leftOut('text');
      return text.encode(sentences, options);
    },
    textDigest: async (options) => {
      if (!text) throw leftOut('text');
      return text.digest(options);
    },
    async close() {
      await Promise.all([media?.close(), text?.close()]);
    },
  };
}

function requireDimension({ path }: ModelFolder, { dimension }: TowersConfig): number {
  if (dimension !== undefined) return dimension;
  throw new MediaError(
    'ERR_MODEL_CONFIG',
    `${path}: neither config.json nor deepffmpeg.json ("embeddingSize") tells the length of an embedding`,
  );
}

function leftOut(tower: Medium | 'text'): MediaError {
  return new MediaError(
    'ERR_INVALID_OPTIONS',
    `the model was opened without its ${tower} tower; open it with towers: 'both'`,
  );
}

/** Finds the scale on the joint model, if the folder has one. */
async function measureScale(
  model: ModelFolder,
  { maxPositions, padTo, mediaShape }: TowersConfig,
  tokenizer: string | undefined,
  options: SessionOptions & CacheOptions,
): Promise<Scale | undefined> {
  const path = join(model.path, onnxFileName('model'));
  if (!(await isFile(path))) return undefined;
  return measureJointScale({
    ...options,
    path,
    openTokenizer: () => openTokenizer(tokenizer ?? model, { maxPositions, padTo }),
    mediaShape,
  });
}
