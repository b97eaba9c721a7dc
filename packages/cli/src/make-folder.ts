import { access, constants, mkdir, rmdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { MediaError } from '@deepffmpeg/core';
import { isFolder } from './list-inputs.js';

/**
 * Makes a folder for results, with those around it. Gives what takes away again what was made, where nothing came into it.
 *
 * @param hint - what else to say where that cannot be.
 * @throws {MediaError} `ERR_OUTPUT`
 */
export async function makeFolder(folder: string, hint = ''): Promise<() => Promise<void>> {
  try {
    const made = await makeMissing(folder);
    if (!(await stat(folder)).isDirectory()) throw new Error('it is no folder');
    await access(folder, constants.W_OK);
    return async () => {
      if (made === undefined) return;
      // Up to the first that was made; somebody may have put something into one.
      for (let empty = resolve(folder); empty.startsWith(resolve(made)); empty = dirname(empty))
        await rmdir(empty).catch(() => {});
    };
  } catch (cause) {
    throw new MediaError('ERR_OUTPUT', `cannot write into ${folder}: ${(cause as Error).message}${hint}`, {
      cause,
    });
  }
}

/**
 * Makes what is missing of a folder, one by one: Node's own `recursive` never ends where a folder takes none and says that it is not there, as
 * under /proc.
 *
 * @returns the first that was made; undefined for none.
 */
async function makeMissing(folder: string): Promise<string | undefined> {
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
