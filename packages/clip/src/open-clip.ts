import { join } from 'node:path';
import { MediaError, parseOptions } from '@deepffmpeg/core';
import {
  abortable,
  type CacheOptions,
  cacheFolders,
  type Dtype,
  fileDigest,
  findScale,
  isFile,
  type ModelFolder,
  measureJointScale,
  type OnWarning,
  onnxFileName,
  openTextTower,
  openTokenizer,
  requireFile,
  resolveModel,
  type TextTower,
  throwIfAborted,
  warnOnce,
} from '@deepffmpeg/models';
import * as z from 'zod';
import type { ClipModel, Preprocessing } from './clip-model.js';
import { decodedSize } from './decoded-size.js';
import { finalSize } from './final-size.js';
import { type OpenedImageTower, openImageTower } from './open-image-tower.js';
import { type ClipConfig, readClipConfig } from './read-clip-config.js';
import { readPreprocessing } from './read-preprocessing.js';

export interface ClipOptions {
  /** One of `listDevices` of `@deepffmpeg/models`. @defaultValue 'cpu' */
  readonly device?: string;
  /** Threads that share one run, 1 to 256. @defaultValue as many as the machine runs at once */
  readonly threads?: number;
  /** Overrides the trained scale. @defaultValue what the model's files tell */
  readonly logitScale?: number;
  /** Overrides the trained bias of a sigmoid model. @defaultValue what the model's files tell */
  readonly logitBias?: number;
  /** A folder or tokenizer.json to use in place of the model's. */
  readonly tokenizer?: string;
  /** Which files of the model to use. @defaultValue 'fp32' */
  readonly dtype?: Dtype;
  /** Leaves out the tower that is not needed: then `embed`, or `encodeTexts`, fails. @defaultValue 'both' */
  readonly towers?: 'both' | 'image' | 'text';
  /** Where text embeddings and digests are kept. @defaultValue `cacheFolders().deepffmpeg` */
  readonly cacheFolder?: string;
  /** Hears of trouble that does not change results. @defaultValue `process.emitWarning` */
  readonly onWarning?: OnWarning;
  readonly signal?: AbortSignal;
}

const settingsSchema = z.strictObject({
  device: z.string().min(1).optional(),
  threads: z.int().min(1).max(256).optional(),
  logitScale: z.number().positive().optional(),
  logitBias: z.number().optional(),
  tokenizer: z.string().min(1).optional(),
  dtype: z.enum(['fp32', 'fp16', 'q8']).default('fp32'),
  towers: z.enum(['both', 'image', 'text']).default('both'),
  cacheFolder: z.string().min(1).optional(),
}) satisfies z.ZodType<Omit<ClipOptions, 'onWarning' | 'signal'>>;

/**
 * Opens an image-text model of the CLIP or SigLIP kind.
 *
 * The image tower is loaded at once, in a thread of its own; the text tower when a sentence is not in the cache.
 *
 * @param nameOrFolder - see `resolveModel` of `@deepffmpeg/models`.
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, `ERR_MODEL_MISSING`, `ERR_MODEL_CONFIG` (a file lacks something, or they
 * contradict each other), `ERR_MODEL_LOAD`, `ERR_DEVICE`; an `AbortError`, promptly, when aborted.
 */
export async function openClip(nameOrFolder: string, options: ClipOptions = {}): Promise<ClipModel> {
  const { signal, onWarning, ...given } = options;
  const settings = parseOptions(settingsSchema, given);
  const { device, threads, dtype, towers, cacheFolder = cacheFolders().deepffmpeg } = settings;
  const cache = { cacheFolder, onWarning: warnOnce(onWarning) };
  throwIfAborted(signal);

  const file = onnxFileName('vision_model', dtype);
  const model = await resolveModel(nameOrFolder, { files: ['config.json', file] });
  const [config, preprocessing, path] = await Promise.all([
    readClipConfig(model),
    readPreprocessing(model),
    requireFile(model, file),
  ]);
  const opening =
    towers === 'text' ? undefined : openImageTower({ path, config, preprocessing, device, threads, signal });
  const measure = () => measureScale(model, config, preprocessing, { ...settings, ...cache, signal });
  const digesting = fileDigest(path, cache, signal);
  const scaling = findScale({ ...settings, model, ...config, measure });
  try {
    const all = Promise.all([opening, digesting, scaling]);
    const [image, weightsDigest, scale] = await abortable(all, signal);
    const dimension = image?.dimension ?? requireDimension(model, config);
    const textOptions = { ...settings, ...config, ...cache, model, dimension };
    const text = towers === 'image' ? undefined : await openTextTower(textOptions);
    const { activation, promptTemplate } = config;
    return {
      id: `${model.name}@${weightsDigest.slice(0, 12)}`,
      weightsDigest,
      dimension,
      ...scale,
      activation,
      promptTemplate,
      preprocessing,
      ...joinTowers(image, text),
      pictureSize: decodedSize(preprocessing.resize),
      batchSize: image?.batchSize ?? 1,
      get encodedCount() {
        return text?.encodedCount ?? 0;
      },
    };
  } catch (error) {
    const [opened] = await Promise.allSettled([opening, digesting, scaling]); // nothing goes on behind a rejection
    if (opened.status === 'fulfilled') await opened.value?.close();
    throw error;
  }
}

function joinTowers(
  image: OpenedImageTower | undefined,
  text: TextTower | undefined,
): Pick<ClipModel, 'embed' | 'encodeTexts' | 'close'> {
  return {
    embed: image?.embed ?? (() => Promise.reject(leftOut('image'))),
    encodeTexts: async (sentences, { signal } = {}) => {
      if (!text) throw leftOut('text');
      return text.encode(sentences, signal);
    },
    async close() {
      await Promise.all([image?.close(), text?.close()]);
    },
  };
}

function requireDimension({ path }: ModelFolder, { dimension }: ClipConfig): number {
  if (dimension !== undefined) return dimension;
  throw new MediaError(
    'ERR_MODEL_CONFIG',
    `${path}: neither config.json nor deepffmpeg.json ("embeddingSize") tells the length of an embedding`,
  );
}

function leftOut(tower: 'image' | 'text'): MediaError {
  return new MediaError(
    'ERR_INVALID_OPTIONS',
    `the model was opened without its ${tower} tower; open it with towers: 'both'`,
  );
}

/** Finds the scale on the joint model, if the folder has one. */
async function measureScale(
  model: ModelFolder,
  { maxPositions, padTo }: ClipConfig,
  { resize }: Preprocessing,
  { tokenizer, ...options }: ClipOptions & CacheOptions,
) {
  const path = join(model.path, onnxFileName('model'));
  if (!(await isFile(path))) return undefined;
  const { width, height } = finalSize(resize);
  return measureJointScale({
    ...options,
    path,
    openTokenizer: () => openTokenizer(tokenizer ?? model, { maxPositions, padTo }),
    mediaShape: [3, height, width],
  });
}
