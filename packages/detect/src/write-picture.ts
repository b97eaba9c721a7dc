import { extname } from 'node:path';
import { MediaError, type Picture, writeAtomicFile } from '@deepffmpeg/core';

/** In which form `formatPicture` encodes: without loss, or at quality 90. */
export type PictureFormat = 'png' | 'jpeg' | 'webp';

const FORMATS: Readonly<Record<string, PictureFormat>> = {
  '.png': 'png',
  '.jpg': 'jpeg',
  '.jpeg': 'jpeg',
  '.webp': 'webp',
};

/** Encodes a picture: PNG without loss, JPEG with full colour resolution and WebP at quality 90. @throws {MediaError} `ERR_OUTPUT` when it is too large for the format */
export async function formatPicture(
  { width, height, data }: Picture,
  format: PictureFormat,
): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp'); // a native library, which detection alone does not need
  const raw = sharp(data, { raw: { width, height, channels: 3 }, limitInputPixels: false });
  const options = { png: {}, jpeg: { quality: 90, chromaSubsampling: '4:4:4' }, webp: { quality: 90 } };
  try {
    return await raw.toFormat(format, options[format]).toBuffer();
  } catch (cause) {
    throw new MediaError(
      'ERR_OUTPUT',
      `a picture of ${width}x${height} cannot be written as ${format}: ${(cause as Error).message}`, // sharp rejects with nothing else
      { cause },
    );
  }
}

/**
 * Writes a picture as PNG, JPEG or WebP, as the path's ending says. The file appears complete or not at all.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS` for another ending, `ERR_OUTPUT`
 */
export async function writePicture(picture: Picture, path: string): Promise<void> {
  const format = FORMATS[extname(path).toLowerCase()];
  if (format === undefined) {
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      `${JSON.stringify(path)} does not say which kind of picture to write: end its name with ${Object.keys(FORMATS).join(', ')}`,
    );
  }
  const bytes = await formatPicture(picture, format);
  await writeAtomicFile(path, bytes);
}
