import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { abortable, MediaError } from '@deepffmpeg/core';
import { fileDigest } from './file-digest.js';
import type { CacheOptions } from './file-memo.js';
import { type Dtype, isFile, type ModelFolder, onnxFileName, requireFile } from './model-folder.js';
import { locateTokenizer, type Padding } from './open-tokenizer.js';
import { openTextCache } from './text-cache.js';
import { TextNetwork } from './text-network.js';

export interface TextTowerOptions extends CacheOptions {
  readonly model: ModelFolder;
  /** Length that its embeddings must have: that of the other tower. */
  readonly dimension: number;
  readonly dtype?: Dtype | undefined;
  readonly device?: string | undefined;
  readonly threads?: number | undefined;
  /** A folder or tokenizer.json to use in place of the model's. */
  readonly tokenizer?: string | undefined;
  readonly maxPositions?: number | undefined;
  readonly padTo?: Padding | undefined;
  readonly padId?: number | undefined;
}

/** The half of a model that reads. What it has read before comes from the disk, and it is loaded only when needed. */
export interface TextTower {
  /** Sentences that went through the network since it was opened; the others came from the cache. */
  readonly encodedCount: number;
  /**
   * Returns float32, `[sentences, dimension]`, each row of L2 norm 1.
   *
   * @throws {MediaError} `ERR_MODEL_LOAD`, `ERR_MODEL_CONFIG`, `ERR_MODEL_OUTPUT`, `ERR_DEVICE`
   */
  encode(sentences: readonly string[], options?: { readonly signal?: AbortSignal }): Promise<Float32Array>;
  /**
   * Digest of all that changes its numbers: weights, tokenizer, and how it is used. SHA-256, in hexadecimal. Of the files as they were
   * loaded, if they were.
   */
  digest(options?: { readonly signal?: AbortSignal }): Promise<string>;
  close(): Promise<void>;
}

/**
 * Makes ready a model's text tower. Its files must be there; the network is loaded with the first sentence that the
 * cache lacks. Files that are replaced after that count when it is opened again; if it happens while they are loaded, nothing is cached.
 *
 * @throws {MediaError} `ERR_MODEL_MISSING`
 */
export async function openTextTower(options: TextTowerOptions): Promise<TextTower> {
  const { model, dimension, dtype = 'fp32', tokenizer: override } = options;
  const path = await requireFile(model, onnxFileName('text_model', dtype));
  if (override === undefined) await requireFile(model, 'tokenizer.json');

  const network = new TextNetwork({ ...options, path, tokenizer: override ?? model });
  let isClosed = false;
  let last: Promise<unknown> = Promise.resolve();

  /** Once the network is loaded: the key of its files; none where they were replaced meanwhile. */
  let loaded: { readonly key: string[] | undefined } | undefined;

  /** @returns whether its files stayed the same */
  const load = async (key: string[], signal?: AbortSignal) => {
    await network.load(signal);
    const after = await cacheKey(path, options).catch(() => undefined); // files that are gone were replaced, too
    const isSame = isDeepStrictEqual(key, after);
    loaded = { key: isSame ? key : undefined };
    return isSame;
  };

  const openCache = async (sentences: readonly string[], signal?: AbortSignal) => {
    const key = loaded ? loaded.key : await cacheKey(path, options, signal);
    const cache = key && (await openTextCache(key, dimension, options));
    if (!key || !cache || loaded || sentences.every((sentence) => cache.get(sentence))) return cache;
    return (await load(key, signal)) ? cache : undefined;
  };

  const encode = async (sentences: readonly string[], signal?: AbortSignal) => {
    const cache = await openCache(sentences, signal);
    const known = new Map(sentences.map((sentence) => [sentence, cache?.get(sentence)]));
    const made = await network.read(
      [...known].filter(([, vector]) => !vector).map(([sentence]) => sentence),
      signal,
    );
    if (made.size > 0) await cache?.add(made);
    const rows = new Float32Array(sentences.length * dimension);
    sentences.forEach((sentence, i) => {
      rows.set(known.get(sentence) ?? made.get(sentence)!, i * dimension); // what was not known was made
    });
    return rows;
  };

  return {
    get encodedCount() {
      return network.encodedCount;
    },
    encode(sentences, { signal } = {}) {
      if (isClosed) return Promise.reject(new MediaError('ERR_MODEL_LOAD', `${path} was closed before this`));
      const result = last.then(() => encode(sentences, signal)); // one after the other: they share file and session
      last = result.catch(() => {});
      return abortable(result, signal);
    },
    async digest({ signal } = {}) {
      const key = loaded?.key ?? (await abortable(cacheKey(path, options, signal), signal));
      return createHash('sha256').update(JSON.stringify(key)).digest('hex');
    },
    async close() {
      isClosed = true;
      await last;
      await network.close();
    },
  };
}

/** All that changes the numbers: weights, tokenizer and how it is used. */
async function cacheKey(path: string, options: TextTowerOptions, signal?: AbortSignal): Promise<string[]> {
  const { model, tokenizer = model, dtype = 'fp32', maxPositions, padTo = 'longest', padId } = options;
  const { folder, file } = await locateTokenizer(tokenizer);
  const config = join(folder.path, 'tokenizer_config.json');
  const cache = { ...options, signal };
  const digests = await Promise.all([
    fileDigest(path, cache),
    fileDigest(await requireFile(folder, file), cache),
    (await isFile(config)) ? fileDigest(config, cache) : '',
  ]);
  return [...digests, dtype, `${maxPositions}`, padTo, `${padId}`];
}
