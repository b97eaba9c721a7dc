import { dirname } from 'node:path';
import { MediaError } from '@deepffmpeg/core';
import { isFolder } from './list-inputs.js';
import type { NamedFile } from './refuse-overwriting.js';

/**
 * Makes sure before any work that the folder is there into which a flag would write a file.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, naming the flag.
 */
export async function requireFolder({ flag, path }: NamedFile): Promise<void> {
  if (path === undefined || (await isFolder(dirname(path)))) return;
  throw new MediaError('ERR_INVALID_OPTIONS', `${flag} ${path}: there is no folder ${dirname(path)}`);
}
