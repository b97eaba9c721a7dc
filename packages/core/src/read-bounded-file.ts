import { createReadStream } from 'node:fs';
import { abortable } from './abortable.js';

/**
 * Reads a whole file, device or pipe of at most `mostBytes`. What a file says of its size is not trusted: that of a
 * pipe or device is 0. An abort does not wait for a named pipe to be opened at its other end.
 *
 * @throws Error, saying that there is more, or that of the file system; an `AbortError`.
 */
export async function readBoundedFile(
  path: string,
  mostBytes: number,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<Buffer> {
  return abortable(readAll(path, mostBytes, signal), signal);
}

/** A stream that opens after the abort closes itself. */
async function readAll(path: string, mostBytes: number, signal: AbortSignal | undefined): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of createReadStream(path, { signal })) {
    pieces.push(piece);
    length += piece.length;
    if (length > mostBytes) throw new Error(`it has more than ${mostBytes} bytes`);
  }
  return Buffer.concat(pieces, length);
}
