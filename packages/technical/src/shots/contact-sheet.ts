import type { Picture } from '@deepffmpeg/core';

/** Pixels between pictures, and around them. */
const GAP = 4;

/**
 * Lays pictures of one size out on a black sheet, row by row, about as many down as across, at most 8 across.
 *
 * @returns nothing where there is no picture.
 */
export function contactSheet(pictures: readonly Picture[]): Picture | undefined {
  const [first] = pictures;
  if (first === undefined) return undefined;
  const columns = Math.min(8, Math.ceil(Math.sqrt(pictures.length)));
  const rows = Math.ceil(pictures.length / columns);
  const width = columns * (first.width + GAP) + GAP;
  const height = rows * (first.height + GAP) + GAP;
  const data = new Uint8Array(3 * width * height);
  pictures.forEach((picture, i) => {
    const left = GAP + (i % columns) * (first.width + GAP);
    const top = GAP + Math.floor(i / columns) * (first.height + GAP);
    for (let row = 0; row < first.height; row++) {
      const from = 3 * row * picture.width;
      data.set(picture.data.subarray(from, from + 3 * first.width), 3 * ((top + row) * width + left));
    }
  });
  return { width, height, data };
}
