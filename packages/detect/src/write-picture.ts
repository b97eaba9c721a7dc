import { extname } from 'node:path';
import { checkPicture, MediaError, type Picture, parseOptions, writeAtomicFile } from '@deepffmpeg/core';
import * as z from 'zod';

/** In which form `formatPicture` encodes. */
export type WrittenPictureFormat = 'png' | 'jpeg' | 'webp';

const FORMATS: Readonly<Record<string, WrittenPictureFormat>> = {
  '.png': 'png',
  '.jpg': 'jpeg',
  '.jpeg': 'jpeg',
  '.webp': 'webp',
};

export interface FormatPictureOptions {
  readonly format: WrittenPictureFormat;
  /** Of JPEG and WebP, 1 to 100. @defaultValue 90 */
  readonly quality?: number | undefined;
}

/**
 * Encodes a picture: PNG without loss, JPEG with full colour resolution from quality 90 on, half of it below, and WebP.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, `ERR_MISMATCH` when the bytes are not RGB24 of its size, `ERR_OUTPUT` when it is too large for the
 * format
 */
export async function formatPicture(picture: Picture, options: FormatPictureOptions): Promise<Uint8Array> {
  const { format, quality } = parseOptions(settingsSchema, options);
  checkPicture(picture);
  const { width, height, data } = picture;
  const { default: sharp } = await import('sharp'); // a native library, which detection alone does not need
  const raw = sharp(data, { raw: { width, height, channels: 3 }, limitInputPixels: false });
  const chromaSubsampling = quality >= FULL_COLOUR ? '4:4:4' : '4:2:0';
  const settings = { png: {}, jpeg: { quality, chromaSubsampling }, webp: { quality } };
  try {
    return await raw.toFormat(format, settings[format]).toBuffer();
  } catch (cause) {
    throw new MediaError(
      'ERR_OUTPUT',
      `a picture of ${width}x${height} cannot be written as ${format}: ${(cause as Error).message}`, // sharp rejects with nothing else
      { cause },
    );
  }
}

/** From this quality on, JPEG has the colour of each pixel. */
const FULL_COLOUR = 90;
const settingsSchema = z.strictObject({
  format: z.enum(['png', 'jpeg', 'webp']),
  quality: z.int().min(1).max(100).default(90),
});

/**
 * Writes a picture as PNG, JPEG or WebP, as the path's ending says. The file appears complete or not at all.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS` for another ending, and as `formatPicture`
 */
export async function writePicture(path: string, picture: Picture): Promise<void> {
  const format = FORMATS[extname(path).toLowerCase()];
  if (format === undefined) {
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      `${JSON.stringify(path)} does not say which kind of picture to write: end its name with ${Object.keys(FORMATS).join(', ')}`,
    );
  }
  const bytes = await formatPicture(picture, { format });
  await writeAtomicFile(path, bytes);
}
