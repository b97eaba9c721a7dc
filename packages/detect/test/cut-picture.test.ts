import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutPicture, hasAreaIn } from '../src/cut-picture.js';

/** Each pixel holds its column, its row and 7. */
const picture = {
  width: 4,
  height: 3,
  data: Uint8Array.from({ length: 12 }, (_, i) => i).reduce((data, i) => {
    data.set([i % 4, Math.floor(i / 4), 7], 3 * i);
    return data;
  }, new Uint8Array(36)),
};

test('cuts all pixels that the region touches', () => {
  expect(cutPicture(picture, { x: 1.2, y: 1, width: 1.5, height: 1 })).toEqual({
    width: 2,
    height: 1,
    data: Uint8Array.of(1, 1, 7, 2, 1, 7),
  });
});

test('cuts at the edges of the picture, and a pixel at least', () => {
  expect(cutPicture(picture, { x: -5, y: -5, width: 50, height: 50 })).toEqual(picture);
  expect(cutPicture(picture, { x: 1.2, y: 1.2, width: 0.1, height: 0.1 })).toMatchObject({
    width: 1,
    height: 1,
  });
});

test('what lies outside, or has no area, has none in the picture; all else can be cut', () => {
  expect(hasAreaIn({ x: 4, y: 0, width: 2, height: 2 }, picture)).toBe(false);
  expect(hasAreaIn({ x: -2, y: 0, width: 2, height: 2 }, picture)).toBe(false);
  expect(hasAreaIn({ x: 1, y: 1, width: 0, height: 2 }, picture)).toBe(false);
  expect(hasAreaIn({ x: Number.NaN, y: 1, width: 1, height: 2 }, picture)).toBe(false);
  const place = fc.double({ min: -6, max: 6, noNaN: true });
  fc.assert(
    fc.property(fc.record({ x: place, y: place, width: place, height: place }), (region) => {
      fc.pre(hasAreaIn(region, picture));
      const cut = cutPicture(picture, region);
      expect(cut.width).toBeGreaterThan(0);
      expect(cut.data).toHaveLength(3 * cut.width * cut.height);
    }),
  );
});

test('the first pixel is that of the corner, whatever the region', () => {
  fc.assert(
    fc.property(
      fc.nat(3),
      fc.nat(2),
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 6 }),
      (x, y, width, height) => {
        const cut = cutPicture(picture, { x, y, width, height });
        expect(cut.data.slice(0, 3)).toEqual(Uint8Array.of(x, y, 7));
        expect(cut.data.slice(-3)).toEqual(
          Uint8Array.of(Math.min(3, x + width - 1), Math.min(2, y + height - 1), 7),
        );
      },
    ),
  );
});
