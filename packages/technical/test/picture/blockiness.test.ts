import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blockinessOf } from '../../src/picture/blockiness.js';

/** RGB24 whose green is drawn, with red and blue that must not count. */
function draw(width: number, height: number, green: (x: number, y: number) => number): Uint8Array {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++)
    data.set([(i * 91) % 256, green(i % width, Math.floor(i / width)), (i * 57) % 256], 3 * i);
  return data;
}

/** Steps at each place of the grid, in every fifth line along it, each at most 24 levels. */
function slowly(width: number, height: number, green: (x: number, y: number) => number): number {
  const [across, down] = [new Array<number>(8).fill(0), new Array<number>(8).fill(0)];
  const step = (a: number, b: number) => Math.min(24, Math.abs(a - b));
  for (let y = 1; y < height; y++) {
    for (let x = 1; x < width; x++) {
      if (y % 5 === 1) across[x % 8]! += step(green(x, y), green(x - 1, y)); // eight places each
      if (x % 5 === 1) down[y % 8]! += step(green(x, y), green(x, y - 1));
    }
  }
  const ratio = (steps: readonly number[]) => {
    const [most, all] = [Math.max(...steps), steps.reduce((a, b) => a + b)];
    const faint = (0.2 * width * height) / 40;
    return (most + faint) / ((all - most) / 7 + faint);
  };
  return Math.sqrt(ratio(across) * ratio(down));
}

test('blocks of 8 pixels stand out, plain pictures and other grids do not', () => {
  const blocks = (size: number) => (x: number, y: number) =>
    100 + 20 * ((Math.floor(x / size) + Math.floor(y / size)) % 2);
  expect(blockinessOf(draw(64, 64, blocks(8)), 64, 64)).toBeGreaterThan(50);
  expect(blockinessOf(draw(64, 64, blocks(7)), 64, 64)).toBeLessThan(2);
  expect(
    blockinessOf(
      draw(64, 64, () => 100),
      64,
      64,
    ),
  ).toBe(1);
});

test('a picture too small for a grid has none', () => {
  expect(blockinessOf(new Uint8Array(31 * 40 * 3), 31, 40)).toBeUndefined();
  expect(blockinessOf(new Uint8Array(40 * 31 * 3), 40, 31)).toBeUndefined();
  expect(blockinessOf(new Uint8Array(32 * 32 * 3), 32, 32)).toBe(1);
});

test('it is what adding up the steps one by one gives, whatever the size', () => {
  const side = fc.integer({ min: 32, max: 60 });
  fc.assert(
    fc.property(side, side, fc.integer({ min: 1, max: 9999 }), (width, height, seed) => {
      const green = (x: number, y: number) => (x * x * 7 + y * seed + ((x * y) % 31)) % 97;
      expect(blockinessOf(draw(width, height, green), width, height)).toBe(slowly(width, height, green));
    }),
    { numRuns: 50 },
  );
});
