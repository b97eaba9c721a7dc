import {
  abortable,
  fileProblem,
  isMediaError,
  MediaError,
  type Picture,
  readBoundedFile,
} from '@deepffmpeg/core';
import { isFile } from '@deepffmpeg/models';
import { checkBackground } from './check-background.js';
import { sniffPicture } from './sniff-picture.js';

export interface ReadPictureOptions {
  /** What transparent pixels are laid over: a CSS colour. @defaultValue 'white' */
  readonly background?: string | undefined;
  /** What errors call it. @defaultValue the path; `the picture` for content */
  readonly source?: string | undefined;
  /** Hears how many frames an animation has, of which only the first is read. */
  readonly onAnimation?: ((frames: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Above any picture of as many pixels as are taken, but for some uncompressed ones. */
const maxBytes = 2 ** 30;

/**
 * Decodes a still picture (JPEG, PNG, WebP, AVIF, GIF, TIFF) to RGB24, upright by its EXIF orientation.
 *
 * Grey is repeated, 16 bits are cut to the upper 8, CMYK becomes sRGB, transparency is laid over the background, and
 * of an animation the first frame is taken. An embedded colour profile is ignored, as the models' reference does.
 * More than 268 million pixels, and files of more than 1 GiB, are refused.
 *
 * @param pathOrBytes - a file, or its content.
 * @throws {MediaError} `ERR_INPUT` when it cannot be read, is no such picture, or is damaged or cut off;
 * `ERR_INVALID_OPTIONS` when the background is no colour; an `AbortError`.
 */
export async function readPicture(
  pathOrBytes: string | Uint8Array,
  { background = 'white', source, onAnimation, signal }: ReadPictureOptions = {},
): Promise<Picture> {
  if (background !== 'white') await checkBackground(background);
  const name = source ?? (typeof pathOrBytes === 'string' ? pathOrBytes : 'the picture');
  try {
    const format = await sniffPicture(pathOrBytes);
    if (!format) {
      const isOdd = typeof pathOrBytes === 'string' && !(await isFile(pathOrBytes));
      throw new Error(isOdd ? 'it is no regular file' : 'it is none of JPEG, PNG, WebP, AVIF, GIF and TIFF');
    }
    // Read here: sharp takes some names for something else, and would hold the file open.
    const bytes =
      typeof pathOrBytes === 'string'
        ? await readBoundedFile(pathOrBytes, maxBytes, { signal })
        : pathOrBytes;
    const { frames, ...picture } = await abortable(decode(bytes, background), signal);
    if (frames > 1 && format !== 'tiff') onAnimation?.(frames); // a TIFF has pages
    return picture;
  } catch (cause) {
    if ((cause as Error).name === 'AbortError' || isMediaError(cause)) throw cause;
    throw new MediaError('ERR_INPUT', `${name} cannot be read as a picture: ${fileProblem(cause)}`, {
      cause,
    });
  }
}

async function decode(bytes: Uint8Array, background: string): Promise<Picture & { readonly frames: number }> {
  const { default: sharp } = await import('sharp'); // a native library, which video alone does not need
  const source = sharp(bytes, { failOn: 'error', autoOrient: true, ignoreIcc: true, pages: 1 });
  const { pages: frames = 1, space, hasAlpha } = await source.metadata();
  // Or only one of the background's three values would lie behind grey.
  if (hasAlpha && space === 'b-w') source.pipelineColourspace('srgb');
  if (hasAlpha && space === 'grey16') source.pipelineColourspace('rgb16');
  const { data, info } = await source
    .flatten({ background })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) throw new Error(`it decoded to ${info.channels} channels in place of 3`);
  return { width: info.width, height: info.height, data, frames };
}
