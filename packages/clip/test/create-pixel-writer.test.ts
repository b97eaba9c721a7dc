import { expect, test } from 'vitest';
import { createPixelWriter } from '../src/create-pixel-writer.js';

test('writes red, green and blue as planes of normalised values, from the offset on', () => {
  const write = createPixelWriter({ rescale: 1 / 255, mean: [0.5, 0, 0], std: [0.5, 1, 2] });
  const target = new Float32Array(8).fill(9);
  write({ width: 2, height: 1, data: Uint8Array.of(0, 0, 255, 255, 51, 0) }, target, 1);
  expect([...target]).toEqual([9, -1, 1, 0, expect.closeTo(0.2, 6), 0.5, 0, 9]);
});

test('computes in float32, as the reference does', () => {
  const write = createPixelWriter({
    rescale: 0.00392156862745098,
    mean: [0.48145466, 0, 0],
    std: [0.26862954, 1, 1],
  });
  const target = new Float32Array(3);
  write({ width: 1, height: 1, data: Uint8Array.of(100, 0, 0) }, target, 0);
  const rescaled = Math.fround(100 * 0.00392156862745098);
  const centred = Math.fround(rescaled - Math.fround(0.48145466));
  expect(target[0]).toBe(Math.fround(centred / Math.fround(0.26862954)));
});
