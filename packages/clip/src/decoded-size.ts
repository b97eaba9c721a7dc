import type { PictureSize } from '@deepffmpeg/core';

/**
 * The size to ask a decoder for, such that resizing its pictures as the model wants changes none of them any more.
 *
 * A crop to less than the short side is left to that resizing: a still may have the crop's size before it was resized,
 * so a picture of that size could be either.
 */
export function decodedSize(size: PictureSize): PictureSize {
  if (!('shortestEdge' in size) || !size.crop) return size;
  const { crop, ...uncropped } = size;
  const { shortestEdge } = uncropped;
  return crop.width === shortestEdge && crop.height === shortestEdge ? size : uncropped;
}
