import { createHash } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MediaError } from '@deepffmpeg/core';
import * as z from 'zod';
import { type CacheOptions, unwritable } from './file-memo.js';
import { isNotFound } from './read-model-file.js';
import { readRegularFile } from './read-regular-file.js';
import { emitWarning } from './warnings.js';
import { writeWholeFile } from './write-whole-file.js';

/** Text embeddings that were made before, by one text tower with one tokenizer. */
export interface TextCache {
  /** The vector of a sentence, if it is there. */
  get(sentence: string): Float32Array | undefined;
  /** Adds vectors and writes the file; those used last are kept when it grows too large. */
  add(vectors: ReadonlyMap<string, Float32Array>): Promise<void>;
}

/** At 768 numbers a sentence this is 12 MB for each model. */
const sentenceLimit = 4096;
const fileLimit = 64;
/** Above any real one: a single label set may be larger than the limit of sentences. */
const maxBytes = 2 ** 30;

const headerSchema = z.object({
  format: z.literal('deepffmpeg-text-embeddings/1'),
  dimension: z.int().positive(),
  sentences: z.array(z.string()),
});

/**
 * Opens the cache of what `key` names: the tower's and the tokenizer's digests, and whatever else changes the numbers.
 *
 * One file per key: a line of JSON with the sentences, spaces up to a multiple of 4 bytes, the vectors (float32,
 * little-endian), and the SHA-256 of all that. A file that is damaged, or of another dimension, counts as empty;
 * one that cannot be read as well, and is told to `onWarning`.
 */
export async function openTextCache(
  key: readonly string[],
  dimension: number,
  { cacheFolder, onWarning = emitWarning }: CacheOptions,
): Promise<TextCache> {
  const folder = join(cacheFolder, 'text-embeddings');
  const path = join(folder, `${createHash('sha256').update(JSON.stringify(key)).digest('hex')}.bin`);
  const vectors = await readVectors(path, dimension).catch((cause: Error) => {
    const message = `the cached text embeddings ${path} cannot be read, so they will be made anew: ${cause.message}`;
    onWarning(new MediaError('ERR_INPUT', message, { cause }));
    return new Map<string, Float32Array>();
  });

  return {
    get(sentence) {
      const vector = vectors.get(sentence);
      if (vector) {
        vectors.delete(sentence); // a Map keeps the order of insertion: the last used goes last
        vectors.set(sentence, vector);
      }
      return vector;
    },
    async add(more) {
      for (const [sentence, vector] of more) vectors.set(sentence, vector);
      const kept = [...vectors].slice(-Math.max(sentenceLimit, more.size));
      try {
        await writeWholeFile(path, pack(kept, dimension));
        await removeOldest(folder);
      } catch (cause) {
        onWarning(unwritable(cacheFolder, cause));
      }
    },
  };
}

function pack(vectors: readonly (readonly [string, Float32Array])[], dimension: number): Buffer {
  const header = {
    format: 'deepffmpeg-text-embeddings/1',
    dimension,
    sentences: vectors.map(([text]) => text),
  };
  const json = Buffer.from(JSON.stringify(header));
  const padding = 4 - (json.length % 4); // at least one byte: the end of the line
  const line = Buffer.concat([json, Buffer.from('\n'.padStart(padding))]);
  const numbers = vectors.map(([, { buffer, byteOffset, byteLength }]) =>
    Buffer.from(buffer, byteOffset, byteLength),
  );
  const content = Buffer.concat([line, ...numbers]);
  return Buffer.concat([content, createHash('sha256').update(content).digest()]);
}

async function readVectors(path: string, dimension: number): Promise<Map<string, Float32Array>> {
  const empty = new Map<string, Float32Array>();
  const file = await readRegularFile(path, maxBytes).catch((error) => {
    if (isNotFound(error)) return Buffer.alloc(0);
    throw error;
  });
  const content = file.subarray(0, -32);
  if (file.length < 32 || !createHash('sha256').update(content).digest().equals(file.subarray(-32)))
    return empty;

  const lineEnd = content.indexOf('\n') + 1;
  const header = headerSchema.safeParse(JSON.parse(content.toString('utf8', 0, lineEnd)));
  const rowBytes = dimension * 4;
  if (!header.success || header.data.dimension !== dimension) return empty;
  return new Map(
    header.data.sentences.map((sentence, row) => {
      const start = lineEnd + row * rowBytes;
      return [sentence, new Float32Array(new Uint8Array(content.subarray(start, start + rowBytes)).buffer)];
    }),
  );
}

/** Bounds the folder: files of models that were not used for the longest time go. */
async function removeOldest(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.bin'));
  if (names.length <= fileLimit) return;
  const aged = await Promise.all(
    names.map(async (name) => {
      const found = await stat(join(folder, name)).catch(() => undefined); // another process may be faster
      return { name, time: found?.mtimeMs ?? 0 };
    }),
  );
  aged.sort((a, b) => b.time - a.time);
  for (const { name } of aged.slice(fileLimit)) await rm(join(folder, name), { force: true });
}
