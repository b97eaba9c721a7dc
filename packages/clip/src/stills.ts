import { describeValue, MediaError, type VideoFrame } from '@deepffmpeg/core';
import { checkBackground } from './check-background.js';
import { type ReadPictureOptions, readPicture } from './read-picture.js';

/** A picture that goes by another name than the path it is read from, or has none. */
export interface NamedPicture {
  readonly source: string;
  /** A file, or what it holds. */
  readonly content: string | Uint8Array;
}

/**
 * Gives still pictures as frames, each an input of its own: `source` is its path or name, its time and duration are 0.
 * Reads one after the other, as they are taken.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, before the first is read, for one picture in place of a list, and when the background is no
 * colour; for what is no path and names no `content`; `ERR_INPUT`.
 */
export async function* stills(
  pictures: Iterable<string | NamedPicture> | AsyncIterable<string | NamedPicture>,
  options: Omit<ReadPictureOptions, 'source'> = {},
): AsyncGenerator<VideoFrame<'still'>, void, undefined> {
  if (typeof pictures === 'string' || ArrayBuffer.isView(pictures))
    // a list of letters, or of numbers
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      `pictures: expected a list, as [path], got ${describeValue(pictures)}`,
    );
  if (options.background !== undefined) await checkBackground(options.background);
  for await (const each of pictures) {
    const { source, content } = typeof each === 'string' ? { source: each, content: each } : each;
    if (content === undefined)
      // as of bytes alone, which `readPicture` takes
      throw new MediaError(
        'ERR_INVALID_OPTIONS',
        `pictures: expected paths and { source, content }, got ${describeValue(each)}`,
      );
    const picture = await readPicture(content, { ...options, source });
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
