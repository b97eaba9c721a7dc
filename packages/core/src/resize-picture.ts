import { checkPicture } from './check-picture.js';
import type { Picture, PictureSize } from './picture.js';
import { placePicture } from './place-picture.js';
import { type ResampleTaps, resampleAcross, resampleDown, resampleTaps } from './resample-taps.js';

/**
 * Resizes and crops exactly as Pillow 13's `Image.resize` does with BICUBIC or BILINEAR, which stands behind the
 * image processors of published models: an antialiased kernel, one axis after the other, rounded to 8
 * bits after each. Only pixels inside the crop are computed. A picture that has the size is returned as is.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS` as `placePicture`, `ERR_MISMATCH` when its bytes are not RGB24
 * of its size.
 * @see Keys 1981, "Cubic convolution interpolation for digital image processing" (with a = -0.5)
 */
export function resizePicture(picture: Picture, size: PictureSize): Picture {
  checkPicture(picture);
  const { width, height, crop } = placePicture(picture.width, picture.height, size);
  if (width === picture.width && height === picture.height && crop.width === width && crop.height === height)
    return picture;
  const { kernel = 'bicubic' } = size;
  const across = resampleTaps(kernel, picture.width, width, { first: crop.left, count: crop.width });
  const down = resampleTaps(kernel, picture.height, height, { first: crop.top, count: crop.height });
  const shrinksMoreDown = picture.height - height > 2 * (picture.width - width);

  // The order shows in the rounding. Pillow before 12 always went across first.
  return height < picture.height && shrinksMoreDown
    ? resampleAcross(resampleDown(picture, down, sourceOf(across)), shiftToStart(across))
    : resampleDown(resampleAcross(picture, across, sourceOf(down)), shiftToStart(down));
}

/** The part of an axis that the second pass will read, which is all that the first one makes. */
function sourceOf({ starts, counts }: ResampleTaps) {
  return { first: starts[0]!, count: starts.at(-1)! + counts.at(-1)! - starts[0]! }; // a crop has at least one pixel
}

function shiftToStart(taps: ResampleTaps): ResampleTaps {
  return { ...taps, starts: taps.starts.map((start) => start - taps.starts[0]!) }; // as above
}
