import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { HubFile } from './read-repository.js';

/**
 * Whether a file is there and has the size and the digest that the hub tells: SHA-256, or git's SHA-1 of a blob.
 *
 * @see https://git-scm.com/book/en/v2/Git-Internals-Git-Objects
 */
export async function isWhole(
  path: string,
  { bytes, digest }: Pick<HubFile, 'bytes' | 'digest'>,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const found = await stat(path).catch(() => undefined); // what cannot be looked at is not there
  if (!found?.isFile() || found.size !== bytes) return false;
  const isGit = digest.length === 40;
  const hash = createHash(isGit ? 'sha1' : 'sha256');
  if (isGit) hash.update(`blob ${bytes}\0`);
  await pipeline(createReadStream(path, { highWaterMark: 2 ** 20 }), hash, { signal });
  return hash.digest('hex') === digest;
}
