import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Picture, type PictureSize, type ResizeKernel, resizePicture } from '../src/index.js';

const golden = JSON.parse(readFileSync(new URL('golden/pillow-resize.json', import.meta.url), 'utf8'));

/** The same pixels as in tools/golden/pillow_resize.py. */
function noise(width: number, height: number): Picture {
  let state = 1;
  const data = Uint8Array.from({ length: width * height * 3 }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
  return { width, height, data };
}

interface Golden {
  readonly from: [number, number];
  readonly to: [number, number];
  readonly kernel: ResizeKernel;
  readonly sha256: string;
}

test.each<Golden>(golden.cases)(
  'equals Pillow in every bit, $kernel from $from to $to',
  ({ from, to: [width, height], kernel, sha256 }) => {
    const { data } = resizePicture(noise(...from), { width, height, kernel });
    expect(createHash('sha256').update(data).digest('hex')).toBe(sha256);
  },
);

test('is bicubic where no kernel is named', () => {
  const size = { width: 5, height: 7 };
  const { data } = resizePicture(noise(9, 9), size);
  expect(data).toEqual(resizePicture(noise(9, 9), { ...size, kernel: 'bicubic' }).data);
});

test.each([
  ['an alpha channel', { width: 4, height: 2, data: new Uint8Array(32) }],
  ['one channel', { width: 4, height: 2, data: new Uint8Array(8) }],
  ['no pixel', { width: 0, height: 0, data: new Uint8Array(0) }],
])('refuses %s, also where nothing is to be resized', (_, picture) => {
  for (const size of [{ width: 4, height: 2 }, { shortestEdge: 8 }])
    expect(() => resizePicture(picture, size)).toThrow(/three bytes a pixel, was expected/);
});

const sides = fc.integer({ min: 1, max: 60 });

test('a crop holds the same pixels as the centre of the whole resized picture', () => {
  fc.assert(
    fc.property(sides, sides, fc.integer({ min: 1, max: 40 }), (width, height, shortestEdge) => {
      fc.pre(Math.max(width, height) / Math.min(width, height) < 8);
      const picture = noise(width, height);
      const crop = { width: Math.ceil(shortestEdge / 2), height: shortestEdge };
      const whole = resizePicture(picture, { shortestEdge });
      const cropped = resizePicture(picture, { shortestEdge, crop });
      const left = Math.floor((whole.width - crop.width) / 2);
      const top = Math.floor((whole.height - crop.height) / 2);
      const expected = Array.from({ length: crop.height }, (_, y) => {
        const start = ((top + y) * whole.width + left) * 3;
        return [...whole.data.subarray(start, start + crop.width * 3)];
      });
      expect([...cropped.data]).toEqual(expected.flat());
    }),
  );
});

test('a flat colour stays flat', () => {
  fc.assert(
    fc.property(sides, sides, sides, sides, fc.nat(255), (width, height, toWidth, toHeight, level) => {
      const flat = { width, height, data: new Uint8Array(width * height * 3).fill(level) };
      const { data } = resizePicture(flat, { width: toWidth, height: toHeight });
      expect(data.every((value) => value === level)).toBe(true);
    }),
  );
});

test('the long side is rounded down, and a picture of the right size is not touched', () => {
  expect(resizePicture(noise(301, 227), { shortestEdge: 224 })).toMatchObject({ width: 297, height: 224 });
  const picture = noise(8, 6);
  expect(resizePicture(picture, { width: 8, height: 6 })).toBe(picture);
  expect(resizePicture(picture, { shortestEdge: 6 })).toBe(picture);
});

test('refuses a crop that does not fit', () => {
  const size = { shortestEdge: 4, crop: { width: 5, height: 5 } };
  expect(() => resizePicture(noise(8, 8), size)).toThrow(/crop of 5x5 .* short side of 4/);
});

test.each([
  [{ width: 4, height: 213.33 }, 'height: expected a whole number from 1 on, got 213.33'],
  [{ width: 0, height: 4 }, 'width: expected a whole number from 1 on, got 0'],
  [{ width: 4 } as PictureSize, 'height: expected a whole number from 1 on, got undefined'],
  [{ shortestEdge: Number.NaN }, 'shortestEdge: expected a whole number from 1 on, got NaN'],
  [
    { shortestEdge: 4, crop: { width: 4, height: 0.5 } },
    'crop.height: expected a whole number from 1 on, got 0.5',
  ],
])('refuses %j', (size, message) => {
  expect(() => resizePicture(noise(8, 8), size)).toThrow(
    expect.objectContaining({ code: 'ERR_INVALID_OPTIONS', message }),
  );
});
