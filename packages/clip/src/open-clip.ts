import { join } from 'node:path';
import { parseOptions } from '@deepffmpeg/core';
import {
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
} from '@deepffmpeg/models';
import * as z from 'zod';
import type { ClipModel, Preprocessing } from './clip-model.js';
import { finalSize } from './final-size.js';
import { openImageTower } from './open-image-tower.js';
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
  const { device, threads, dtype, tokenizer, cacheFolder = cacheFolders().deepffmpeg } = settings;
  const cache = { cacheFolder, onWarning };
  signal?.throwIfAborted();

  const file = onnxFileName('vision_model', dtype);
  const model = await resolveModel(nameOrFolder, { files: ['config.json', file] });
  const [config, preprocessing, path] = await Promise.all([
    readClipConfig(model),
    readPreprocessing(model),
    requireFile(model, file),
  ]);
  const image = await openImageTower({ path, config, preprocessing, device, threads, signal });
  try {
    const { dimension } = image;
    const { maxPositions, padTo } = config;
    const [weightsDigest, scale, text] = await Promise.all([
      fileDigest(path, cache),
      findScale({
        ...settings,
        model,
        ...config,
        measure: () => measure(model, config, preprocessing, options),
      }),
      openTextTower({ ...cache, model, dimension, dtype, device, threads, tokenizer, maxPositions, padTo }),
    ]);
    signal?.throwIfAborted();
    return {
      id: `${model.name}@${weightsDigest.slice(0, 12)}`,
      weightsDigest,
      dimension,
      ...scale,
      activation: config.activation,
      promptTemplate: config.promptTemplate,
      preprocessing,
      pictureSize: preprocessing.resize,
      embed: image.embed,
      get encodedCount() {
        return text.encodedCount;
      },
      encodeTexts: (sentences, { signal } = {}) => text.encode(sentences, signal),
      async close() {
        await Promise.all([image.close(), text.close()]);
      },
    };
  } catch (error) {
    await image.close();
    throw error;
  }
}

/** Finds the scale on the joint model, if the folder has one. */
async function measure(
  model: ModelFolder,
  { maxPositions, padTo }: ClipConfig,
  { resize }: Preprocessing,
  { tokenizer, device, threads, signal }: ClipOptions,
) {
  const path = join(model.path, onnxFileName('model'));
  if (!(await isFile(path))) return undefined;
  const { width, height } = finalSize(resize);
  return measureJointScale({
    path,
    tokenizer: await openTokenizer(tokenizer ?? model, { maxPositions, padTo }),
    mediaShape: [3, height, width],
    device,
    threads,
    signal,
  });
}
