import { Readable } from 'node:stream';
import { sniffPicture } from '@deepffmpeg/clip';
import { abortable, MediaError } from '@deepffmpeg/core';
import {
  type Ffmpeg,
  isAddress,
  type ReadAddressOptions,
  readAddress,
  shownName,
} from '@deepffmpeg/ffmpeg-filters';

/** What an input turned out to be: a picture, by its file or content, or something for ffmpeg to tell. */
export type SniffedInput =
  | { readonly picture: string | Uint8Array }
  | { readonly picture: undefined; readonly media: string | Readable };

interface SniffSettings {
  readonly ffmpeg: Promise<Ffmpeg>;
  readonly signal?: AbortSignal | undefined;
}

/** As of files: above any picture of as many pixels as are taken. */
const MOST_BYTES = 2 ** 30;
/** All that `sniffPicture` looks at. */
const HEAD_BYTES = 64;

/**
 * Tells pictures by their first bytes, whichever way they come, so that each is read in one way. The content of one that has no file is
 * read whole; of a stream that is none, `media` gives all from its beginning.
 *
 * @throws {MediaError} `ERR_INPUT`; what cannot be opened is told by the decoder, which knows more about why.
 */
export async function sniffInput(media: string | Readable, settings: SniffSettings): Promise<SniffedInput> {
  if (typeof media !== 'string') return sniffStream(media, settings);
  if (isAddress(media)) return sniffAddress(media, settings);
  return (await isPictureFile(media)) ? { picture: media } : { picture: undefined, media };
}

/** Whether a file or an address is a still. */
export async function isPicture(input: string, options: ReadAddressOptions): Promise<boolean> {
  if (!isAddress(input)) return isPictureFile(input);
  return (await sniffPicture(await readHead(input, options))) !== undefined;
}

/** @param path - where `input` is, as the user named it. @throws {MediaError} `ERR_INPUT` for a still. */
export async function refusePicture(input: string, path: string, options: ReadAddressOptions): Promise<void> {
  if (await isPicture(path, options))
    throw new MediaError(
      'ERR_INPUT',
      `${shownName(input)} is a still picture: there is no time in it to analyse (of an animation only the first frame is read: make a video of it first, with: ffmpeg -i ANIMATION film.mp4)`,
    );
}

async function isPictureFile(path: string): Promise<boolean> {
  return (await sniffPicture(path).catch(() => undefined)) !== undefined;
}

async function sniffStream(stdin: Readable, { signal }: SniffSettings): Promise<SniffedInput> {
  try {
    const { head, whole } = await abortable(peek(stdin), signal);
    if (!(await sniffPicture(head))) return { picture: undefined, media: Readable.from(whole) };
    return { picture: await abortable(readWhole(whole, 'stdin'), signal) };
  } catch (cause) {
    if ((cause as Error).name === 'AbortError' || cause instanceof MediaError) throw cause;
    throw new MediaError('ERR_INPUT', `reading stdin failed: ${(cause as Error).message}`, { cause });
  }
}

async function sniffAddress(media: string, { ffmpeg, signal }: SniffSettings): Promise<SniffedInput> {
  const options = { ffmpeg: await ffmpeg, signal };
  if (!(await isPicture(media, options))) return { picture: undefined, media };
  return { picture: await readWhole(readAddress(media, options), shownName(media)) };
}

/** Nothing where it cannot be reached, which the decoder tells. */
async function readHead(address: string, options: ReadAddressOptions): Promise<Uint8Array> {
  const bytes = readAddress(address, options);
  try {
    return (await peek(bytes)).head;
  } catch (error) {
    if ((error as Error).name === 'AbortError') throw error;
    return new Uint8Array(0);
  } finally {
    await bytes.return();
  }
}

/** The first bytes, and all bytes from the beginning. */
async function peek(source: AsyncIterable<Uint8Array | string>) {
  const iterator = source[Symbol.asyncIterator]();
  const seen: Uint8Array[] = [];
  for (let length = 0; length < HEAD_BYTES; ) {
    const { done, value } = await iterator.next();
    if (done) break;
    const chunk = typeof value === 'string' ? Buffer.from(value) : value;
    seen.push(chunk);
    length += chunk.length;
  }
  async function* whole() {
    yield* seen;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  }
  return { head: Buffer.concat(seen).subarray(0, HEAD_BYTES), whole: whole() };
}

async function readWhole(source: AsyncIterable<Uint8Array | string>, name: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const each of source) {
    const chunk = typeof each === 'string' ? Buffer.from(each) : each;
    chunks.push(chunk);
    length += chunk.length;
    if (length > MOST_BYTES)
      throw new MediaError(
        'ERR_INPUT',
        `${name} cannot be read as a picture: it has more than ${MOST_BYTES} bytes`,
      );
  }
  return Buffer.concat(chunks, length);
}
