import type { VideoFrame } from '@deepffmpeg/core';
import { checkBackground } from './check-background.js';
import { type ReadPictureOptions, readPicture } from './read-picture.js';

/**
 * Gives still pictures as frames, each an input of its own: `source` is its path, its time and duration are 0.
 * Reads one after the other, as they are taken.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, before the first is read, when the background is no colour; `ERR_INPUT`.
 */
export async function* stills(
  paths: Iterable<string> | AsyncIterable<string>,
  options: ReadPictureOptions = {},
): AsyncGenerator<VideoFrame<'still'>, void, undefined> {
  if (options.background !== undefined) await checkBackground(options.background);
  for await (const source of paths) {
    const picture = await readPicture(source, options);
    yield {
      type: 'video-frame',
      source,
      tap: 'still',
      index: 0,
      timestamp: 0,
      durationSeconds: 0,
      ...picture,
    };
  }
}
