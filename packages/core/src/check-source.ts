import { Readable } from 'node:stream';
import { describeValue } from './describe-value.js';
import { MediaError } from './media-error.js';

/**
 * A path is a list of its letters, bytes are one of numbers, and a stream that was read to its end would give nothing, as if nothing were
 * in the media.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS` for what gives no chunks
 */
export function checkSource(source: unknown): void {
  const isObject = typeof source === 'object' && source !== null && !ArrayBuffer.isView(source);
  if (source instanceof Readable && source.readableEnded)
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      'source: the stream was read to its end before: make it anew',
    );
  if (isObject && (Symbol.asyncIterator in source || Symbol.iterator in source)) return;
  throw new MediaError(
    'ERR_INVALID_OPTIONS',
    `source: expected chunks, such as decode(input, plan) gives of a file, got ${describeValue(source)}`,
  );
}
