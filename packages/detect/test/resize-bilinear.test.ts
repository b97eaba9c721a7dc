import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Picture } from '@deepffmpeg/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { resizeBilinear } from '../src/resize-bilinear.js';

interface Golden {
  readonly from: [number, number];
  readonly to: [number, number];
  readonly sha256: string;
}

const golden: { readonly cases: readonly Golden[] } = JSON.parse(
  readFileSync(new URL('golden/opencv-bilinear.json', import.meta.url), 'utf8'),
);

/** The same pixels as in tools/golden/opencv_bilinear.py. */
function noise(width: number, height: number): Picture {
  let state = 1;
  const data = Uint8Array.from({ length: width * height * 3 }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
  return { width, height, data };
}

test.each(golden.cases)('equals OpenCV in every bit, from $from to $to', ({ from, to, sha256 }) => {
  const [width, height] = to;
  const { data } = resizeBilinear(noise(...from), { width, height });
  expect(createHash('sha256').update(data).digest('hex')).toBe(sha256);
});

test('a picture of the right size is not touched', () => {
  const picture = noise(8, 6);
  expect(resizeBilinear(picture, { width: 8, height: 6 })).toBe(picture);
});

test('a flat colour stays flat', () => {
  const side = fc.integer({ min: 1, max: 60 });
  fc.assert(
    fc.property(side, side, side, side, fc.nat(255), (width, height, toWidth, toHeight, level) => {
      const flat = { width, height, data: new Uint8Array(width * height * 3).fill(level) };
      const { data } = resizeBilinear(flat, { width: toWidth, height: toHeight });
      expect(data).toEqual(new Uint8Array(toWidth * toHeight * 3).fill(level));
    }),
  );
});

test('refuses pixels with an alpha channel, also where nothing is to be resized', () => {
  const picture = { width: 4, height: 2, data: new Uint8Array(32) };
  for (const width of [2, 4])
    expect(() => resizeBilinear(picture, { width, height: 2 })).toThrow(/4x2 has 32 bytes; RGB24/);
});
