import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import * as z from 'zod';
import { type CacheOptions, rememberFile } from './file-memo.js';
import { isFile, isWeightsOf } from './model-folder.js';

export interface FileDigestOptions extends CacheOptions {
  readonly signal?: AbortSignal | undefined;
}

/**
 * Tells a file's digest: the SHA-256 of its content, in hexadecimal, wherever it lies. The name of its blob in the hub's cache is taken for it where
 * it is one (small files have git's SHA-1 there); else it is remembered while the file's size and times stay the same. Weights that stand in
 * files beside it (`model.onnx_data`, `model.onnx_data_1`, `model.onnx.data`) count in.
 */
export async function fileDigest(path: string, options: FileDigestOptions): Promise<string> {
  const own = await digestOf(path, options);
  const beside = await weightsBeside(path);
  if (beside.length === 0) return own;
  const hash = createHash('sha256').update(own);
  for (const file of beside) hash.update(await digestOf(file, options));
  return hash.digest('hex');
}

async function weightsBeside(path: string): Promise<string[]> {
  const folder = dirname(path);
  const names = (await readdir(folder)).filter((name) => isWeightsOf(basename(path), name)).toSorted();
  const found: string[] = [];
  for (const name of names) if (await isFile(join(folder, name))) found.push(join(folder, name));
  return found;
}

async function digestOf(path: string, options: FileDigestOptions): Promise<string> {
  const { signal } = options;
  const real = await realpath(path);
  const name = basename(real);
  const isBlob = /^[0-9a-f]{64}$/.test(name) && basename(dirname(real)) === 'blobs';
  return isBlob
    ? name
    : rememberFile(real, 'file-digests', z.hex().length(64), () => sha256(real, signal), options);
}

async function sha256(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 2 ** 20 }), hash, { signal });
  return hash.digest('hex');
}
