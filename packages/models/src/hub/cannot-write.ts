import { MediaError } from '@deepffmpeg/core';

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full: make room',
  EDQUOT: 'the quota is used up: make room',
  EFBIG: 'the file system takes no files of this size: choose another',
  ENOTDIR: 'a part of its path is no folder: choose another',
  EROFS: 'it is read-only: choose another',
  EACCES: 'there is no right to write: give it, or choose another',
  EPERM: 'there is no right to write: give it, or choose another',
};

/**
 * Makes the error of a cache that cannot be written out of that of the file system; leaves all others as they are.
 *
 * @param variable - of the environment, that names the folder.
 */
export function cannotWrite(error: unknown, folder: string, variable = 'HF_HUB_CACHE'): unknown {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const reason = reasons[code];
  if (reason === undefined || error instanceof MediaError) return error;
  return new MediaError(
    'ERR_OUTPUT',
    `the cache ${folder} cannot be written, ${reason} (${variable} names the folder): ${message}`,
    { cause: error },
  );
}
