import { MediaError } from './media-error.js';
import type { Picture } from './picture.js';

/**
 * Refuses pixels that are not RGB24 of their size, such as those with an alpha channel: they would be read askew, and results be of
 * another picture.
 *
 * @throws {MediaError} `ERR_MISMATCH`
 */
export function checkPicture({ width, height, data }: Picture): void {
  if (width > 0 && height > 0 && data.length === width * height * 3) return;
  throw new MediaError(
    'ERR_MISMATCH',
    `a picture of ${width}x${height} has ${data.length} bytes; RGB24, three bytes a pixel, was expected`,
  );
}
