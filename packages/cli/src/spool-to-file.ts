import { createWriteStream } from 'node:fs';
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
  const path = join(folder.path, 'stdin');
  try {
    await pipeline(source, createWriteStream(path, { mode: 0o600 }), { signal });
    return { path, remove: folder.remove };
  } catch (cause) {
    await folder.remove();
    if ((cause as Error).name === 'AbortError') throw cause;
    throw new MediaError('ERR_OUTPUT', `cannot put stdin into ${folder.path}: ${(cause as Error).message}`, {
      cause,
    });
  }
}
