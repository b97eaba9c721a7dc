import { isMediaError, MediaError } from '@deepffmpeg/core';

/** Says of an input whose format is not read what a user of the shell can do, who has no options; any other error is left as it is. */
export function inputErrorInShellWords(error: Error): Error {
  if (!isMediaError(error)) return error;
  const message = error.message
    .replace(
      ' is not among those that are read without asking: see the option formats',
      ' is not among those that are read (a playlist such as HLS becomes one file with: ffmpeg -i PLAYLIST -c copy film.mkv)',
    )
    .replace(
      ' (an address in it is not among those that are read without asking: see the option formats)',
      ' (it names another file or address, and none is opened: make one file of it first, with: ffmpeg -i INPUT -c copy film.mkv)',
    );
  return message === error.message ? error : new MediaError(error.code, message, { cause: error });
}
