import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { MediaError } from '@deepffmpeg/core';
import { makeTemporaryFolder } from './make-temporary-folder.js';

export interface SpooledFile {
  readonly path: string;
  remove(): Promise<void>;
}

/** Writes all that comes into a temporary file. @throws {MediaError} `ERR_OUTPUT`; then nothing is left. */
export async function spoolToFile(source: Readable, signal?: AbortSignal): Promise<SpooledFile> {
  const folder = await makeTemporaryFolder('spool');
  const remove = () => rm(folder, { recursive: true, force: true });
  const path = join(folder, 'stdin');
  try {
    await pipeline(source, createWriteStream(path, { mode: 0o600 }), { signal });
    return { path, remove };
  } catch (cause) {
    await remove();
    if ((cause as Error).name === 'AbortError') throw cause;
    throw new MediaError('ERR_OUTPUT', `cannot put stdin into ${folder}: ${(cause as Error).message}`, {
      cause,
    });
  }
}
