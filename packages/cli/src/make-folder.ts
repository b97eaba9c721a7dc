import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { MediaError } from '@deepffmpeg/core';
import { isFolder } from './list-inputs.js';

/** Makes a folder for results, with those around it. @throws {MediaError} `ERR_OUTPUT` */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await makeMissing(folder);
  } catch (cause) {
    throw new MediaError('ERR_OUTPUT', `cannot write into ${folder}: ${(cause as Error).message}`, { cause });
  }
}

/**
 * Makes what is missing of a folder, one by one: Node's own `recursive` never ends where a folder takes none and says that it is not there, as
 * under /proc.
 *
 * @returns the first that was made; undefined for none.
 */
export async function makeMissing(folder: string): Promise<string | undefined> {
  if (await isFolder(folder)) return undefined;
  const parent = dirname(folder);
  const first = parent === folder ? undefined : await makeMissing(parent);
  try {
    await mkdir(folder);
    return first ?? folder;
  } catch (error) {
    if (await isFolder(folder)) return first; // somebody else was faster
    throw error;
  }
}
