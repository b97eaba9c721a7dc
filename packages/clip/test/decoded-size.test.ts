import { type PictureSize, resizePicture } from '@deepffmpeg/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodedSize } from '../src/decoded-size.js';

const square = { shortestEdge: 8, crop: { width: 8, height: 8 } };

test.each<{ title: string; size: PictureSize; decoded: PictureSize }>([
  { title: 'squashed', size: { width: 8, height: 6 }, decoded: { width: 8, height: 6 } },
  { title: 'cropped to the short side', size: square, decoded: square },
  { title: 'cropped to less', size: { ...square, shortestEdge: 9 }, decoded: { shortestEdge: 9 } },
  {
    title: 'cropped to less, by a kernel of its own',
    size: { ...square, shortestEdge: 9, kernel: 'bilinear' },
    decoded: { shortestEdge: 9, kernel: 'bilinear' },
  },
  {
    title: 'cropped to less in one direction',
    size: { shortestEdge: 8, crop: { width: 8, height: 6 } },
    decoded: { shortestEdge: 8 },
  },
])('resizes once what is $title', ({ size, decoded }) => {
  expect(decodedSize(size)).toEqual(decoded);
  const side = fc.integer({ min: 1, max: 40 });
  fc.assert(
    fc.property(side, side, fc.nat(255), (width, height, seed) => {
      const picture = {
        width,
        height,
        data: Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 37 * (seed + 1)) % 256),
      };
      const delivered = resizePicture(picture, decoded);
      expect(resizePicture(delivered, decoded)).toBe(delivered);
      expect(resizePicture(delivered, size)).toEqual(resizePicture(picture, size));
    }),
    { numRuns: 60 },
  );
});
