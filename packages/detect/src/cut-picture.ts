import type { Picture, Region } from '@deepffmpeg/core';

/**
 * Cuts a region out of a picture: all pixels that it touches, as far as they lie in the picture.
 *
 * @param region - with an area in the picture (see `hasAreaIn`).
 * @returns a copy, at least 1x1.
 */
export function cutPicture(picture: Picture, { x, y, width, height }: Region): Picture {
  const [left, top] = [Math.max(0, Math.floor(x)), Math.max(0, Math.floor(y))];
  const [right, bottom] = [
    Math.min(picture.width, Math.ceil(x + width)),
    Math.min(picture.height, Math.ceil(y + height)),
  ];
  const rowLength = 3 * (right - left);
  const data = new Uint8Array(rowLength * (bottom - top));
  for (let row = top; row < bottom; row++) {
    const start = 3 * (row * picture.width + left);
    data.set(picture.data.subarray(start, start + rowLength), (row - top) * rowLength);
  }
  return { width: right - left, height: bottom - top, data };
}

/** Whether something of a region lies in a picture. */
export function hasAreaIn(
  { x, y, width, height }: Region,
  picture: { readonly width: number; readonly height: number },
): boolean {
  return (
    width > 0 && height > 0 && x < picture.width && y < picture.height && x + width > 0 && y + height > 0
  );
}
