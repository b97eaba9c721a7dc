import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { abortable, MediaError } from '@deepffmpeg/core';
import { embeddingOutput, embeddingsOf } from './embedding-output.js';
import { fileDigest } from './file-digest.js';
import type { CacheOptions } from './file-memo.js';
import { type Dtype, isFile, type ModelFolder, onnxFileName, requireFile } from './model-folder.js';
import { openSession, type Session } from './open-session.js';
import {
  locateTokenizer,
  openTokenizer,
  type Padding,
  type TokenBatch,
  type Tokenizer,
} from './open-tokenizer.js';
import type { Tensors } from './tensors.js';
import { openTextCache } from './text-cache.js';

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
  encode(sentences: readonly string[], signal?: AbortSignal): Promise<Float32Array>;
  /** Digest of all that changes its numbers: weights, tokenizer, and how it is used. SHA-256, in hexadecimal. */
  digest(signal?: AbortSignal): Promise<string>;
  close(): Promise<void>;
}

const batchSize = 32;

/**
 * Makes ready a model's text tower. Its files must be there; the network is loaded with the first sentence that the
 * cache lacks.
 *
 * @throws {MediaError} `ERR_MODEL_MISSING`
 */
export async function openTextTower(options: TextTowerOptions): Promise<TextTower> {
  const { model, dimension, dtype = 'fp32', tokenizer: override } = options;
  const path = await requireFile(model, onnxFileName('text_model', dtype));
  if (override === undefined) await requireFile(model, 'tokenizer.json');

  let session: Session | undefined;
  let tokenizer: Tokenizer | undefined;
  let encodedCount = 0;
  let closed = false;
  let last: Promise<unknown> = Promise.resolve();

  const load = async (signal?: AbortSignal) => {
    const { device, threads, maxPositions, padTo, padId } = options;
    const [first, second] = await Promise.allSettled([
      session ?? openSession(path, { device, threads, signal }),
      tokenizer ?? openTokenizer(override ?? model, { maxPositions, padTo, padId }),
    ]);
    if (first.status === 'fulfilled') session = first.value; // closed with the tower, even if the other failed
    if (second.status === 'fulfilled') tokenizer = second.value;
    if (first.status === 'rejected') throw first.reason;
    if (second.status === 'rejected') throw second.reason;
    return {
      session: first.value,
      tokenizer: second.value,
      output: checkTextSession(first.value, dimension),
    };
  };

  const read = async (sentences: readonly string[], signal?: AbortSignal) => {
    const found = new Map<string, Float32Array>();
    if (sentences.length === 0) return found;
    const { session, tokenizer, output } = await load(signal);
    const byLength = [...sentences].sort((a, b) => a.length - b.length); // less padding
    for (let start = 0; start < byLength.length; start += batchSize) {
      const batch = byLength.slice(start, start + batchSize);
      const feeds = feedsFor(session, tokenizer.encodeBatch(batch));
      const results = await session.run(feeds, { fetches: [output.name], signal });
      const rows = embeddingsOf(results, output, batch.length, dimension, path);
      batch.forEach((sentence, i) => {
        found.set(sentence, rows.slice(i * dimension, (i + 1) * dimension));
      });
      encodedCount += batch.length;
    }
    return found;
  };

  const encode = async (sentences: readonly string[], signal?: AbortSignal) => {
    const cache = await openTextCache(await cacheKey(path, options, signal), dimension, options);
    const known = new Map(sentences.map((sentence) => [sentence, cache.get(sentence)]));
    const made = await read(
      [...known].filter(([, vector]) => !vector).map(([sentence]) => sentence),
      signal,
    );
    if (made.size > 0) await cache.add(made);
    const rows = new Float32Array(sentences.length * dimension);
    sentences.forEach((sentence, i) => {
      rows.set(known.get(sentence) ?? made.get(sentence)!, i * dimension); // what was not known was made
    });
    return rows;
  };

  return {
    get encodedCount() {
      return encodedCount;
    },
    encode(sentences, signal) {
      if (closed) return Promise.reject(new MediaError('ERR_MODEL_LOAD', `${path} was closed before this`));
      const result = last.then(() => encode(sentences, signal)); // one after the other: they share file and session
      last = result.catch(() => {});
      return abortable(result, signal);
    },
    async digest(signal) {
      const key = await abortable(cacheKey(path, options, signal), signal);
      return createHash('sha256').update(JSON.stringify(key)).digest('hex');
    },
    async close() {
      closed = true;
      await last;
      await session?.close();
    },
  };
}

/** All that changes the numbers: weights, tokenizer and how it is used. */
async function cacheKey(path: string, options: TextTowerOptions, signal?: AbortSignal): Promise<string[]> {
  const { model, tokenizer = model, dtype = 'fp32', maxPositions, padTo = 'longest', padId } = options;
  const { folder, file } = await locateTokenizer(tokenizer);
  const config = join(folder.path, 'tokenizer_config.json');
  const digests = await Promise.all([
    fileDigest(path, options, signal),
    fileDigest(await requireFile(folder, file), options, signal),
    (await isFile(config)) ? fileDigest(config, options, signal) : '',
  ]);
  return [...digests, dtype, `${maxPositions}`, padTo, `${padId}`];
}

function checkTextSession(session: Session, dimension: number) {
  const { path, inputs } = session;
  for (const { name, type } of inputs) {
    if (!textInputs.has(name) || type !== 'int64') {
      throw new MediaError(
        'ERR_MODEL_CONFIG',
        `${path} wants the input ${name} of type ${type}; known are int64 ${[...textInputs].join(', ')}`,
      );
    }
  }
  const output = embeddingOutput(session);
  const own = output.shape[1];
  if (typeof own === 'number' && own !== dimension) {
    throw new MediaError(
      'ERR_MODEL_CONFIG',
      `${path} gives text embeddings of ${own} numbers, but the model's other embeddings have ${dimension}`,
    );
  }
  return output;
}

const textInputs = new Set(['input_ids', 'attention_mask', 'position_ids']);

/** Gives a session what it declares, and no more: SigLIP and some CLIP exports have no mask. */
export function feedsFor(
  { inputs }: Pick<Session, 'inputs'>,
  { inputIds, attentionMask, shape }: TokenBatch,
): Tensors {
  const [, length] = shape;
  const all: Tensors = {
    input_ids: { data: inputIds, shape },
    attention_mask: { data: attentionMask, shape },
    position_ids: { data: inputIds.map((_, i) => BigInt(i % length)), shape },
  };
  return Object.fromEntries(inputs.flatMap(({ name }) => (all[name] ? [[name, all[name]]] : [])));
}
