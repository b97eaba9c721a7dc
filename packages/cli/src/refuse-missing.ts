import { MediaError } from '@deepffmpeg/core';
import { isThere } from './is-there.js';

/** A file that a flag names and that is not there is a mistake in the flags. @throws {MediaError} `ERR_INVALID_OPTIONS` */
export async function refuseMissing(flag: string, path: string): Promise<void> {
  if (!(await isThere(path)))
    throw new MediaError('ERR_INVALID_OPTIONS', `${flag} ${path}: there is no such file`);
}
