import type { Picture, Region } from '@deepffmpeg/core';

/**
 * Cuts a region out of a picture: all pixels that it touches, as far as they lie in the picture.
 *
 * @returns a copy, at least 1x1; nothing where no area of the region lies in the picture.
 */
export function cutPicture(picture: Picture, { x, y, width, height }: Region): Picture | undefined {
  const [left, top] = [Math.max(0, Math.floor(x)), Math.max(0, Math.floor(y))];
  const [right, bottom] = [
    Math.min(picture.width, Math.ceil(x + width)),
    Math.min(picture.height, Math.ceil(y + height)),
  ];
  if (!(width > 0 && height > 0 && right > left && bottom > top)) return undefined;
  const rowLength = 3 * (right - left);
  const data = new Uint8Array(rowLength * (bottom - top));
  for (let row = top; row < bottom; row++) {
    const start = 3 * (row * picture.width + left);
    data.set(picture.data.subarray(start, start + rowLength), (row - top) * rowLength);
  }
  return { width: right - left, height: bottom - top, data };
}
