import { MediaError } from './media-error.js';
import type { PictureSize } from './picture.js';

/** Where a picture's pixels go: it is resized to `width` x `height`, of which `crop` is kept. In pixels. */
export interface Placement {
  readonly width: number;
  readonly height: number;
  readonly crop: {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  };
}

/**
 * Works out the sizes that `PictureSize` leaves open, as the image processors of Hugging Face
 * transformers do: the long side and the crop's offset are rounded down.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS` for a side that is no whole number from 1 on, and when the crop is larger than the resized
 * picture.
 */
export function placePicture(width: number, height: number, size: PictureSize): Placement {
  checkSides(size);
  if (!('shortestEdge' in size)) {
    const whole = { width: size.width, height: size.height };
    return { ...whole, crop: { left: 0, top: 0, ...whole } };
  }
  const { shortestEdge } = size;
  const long = Math.floor((shortestEdge * Math.max(width, height)) / Math.min(width, height));
  const resized =
    width <= height ? { width: shortestEdge, height: long } : { width: long, height: shortestEdge };
  const crop = size.crop ?? resized;
  if (crop.width > resized.width || crop.height > resized.height) {
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      `a crop of ${crop.width}x${crop.height} does not fit into a picture with a short side of ${shortestEdge}: make the crop smaller`,
    );
  }
  return {
    ...resized,
    crop: {
      left: Math.floor((resized.width - crop.width) / 2),
      top: Math.floor((resized.height - crop.height) / 2),
      width: crop.width,
      height: crop.height,
    },
  };
}

/** A fraction is easily computed, of a proportion. */
function checkSides(size: PictureSize): void {
  const sides: Record<string, unknown> =
    'shortestEdge' in size
      ? {
          shortestEdge: size.shortestEdge,
          ...(size.crop && { 'crop.width': size.crop.width, 'crop.height': size.crop.height }),
        }
      : { width: size.width, height: size.height };
  for (const [name, side] of Object.entries(sides)) {
    if (Number.isInteger(side) && Number(side) >= 1) continue;
    throw new MediaError('ERR_INVALID_OPTIONS', `${name}: expected a whole number from 1 on, got ${side}`);
  }
}
