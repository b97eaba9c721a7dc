import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Canvas } from '../src/canvas.js';

const black = (width: number, height: number) => ({
  width,
  height,
  data: new Uint8Array(3 * width * height),
});
const white = { red: 255, green: 255, blue: 255, alpha: 255 };
/** Which pixels are no longer black, row by row. */
const shown = ({ width, height, data }: Canvas) =>
  Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => (data[3 * (y * width + x)] === 0 ? '.' : '#')).join(''),
  );

test('draws on a copy', () => {
  const picture = black(2, 2);
  const canvas = new Canvas(picture);
  canvas.fill({ left: 0, top: 0, width: 1, height: 1 }, { red: 1, green: 2, blue: 3, alpha: 255 });
  expect([...canvas.data.slice(0, 6)]).toEqual([1, 2, 3, 0, 0, 0]);
  expect(picture.data.every((value) => value === 0)).toBe(true);
});

test('outlines within the rectangle, and as far as it lies within the picture', () => {
  const canvas = new Canvas(black(6, 5));
  canvas.outline({ left: 1, top: 0, width: 5, height: 4 }, 1, white);
  expect(shown(canvas)).toEqual(['.#####', '.#...#', '.#...#', '.#####', '......']);
  const cut = new Canvas(black(4, 3));
  cut.outline({ left: -1, top: -1, width: 4, height: 3 }, 1, white);
  expect(shown(cut)).toEqual(['..#.', '###.', '....']);
});

test('covers each pixel of an outline once, however wide its lines are', () => {
  const faint = { ...white, alpha: 128 };
  for (const [width, height, line] of [
    [1, 1, 1],
    [2, 5, 1],
    [3, 3, 2],
    [6, 4, 2],
    [4, 9, 50],
  ] as const) {
    const canvas = new Canvas(black(10, 10));
    canvas.outline({ left: 0, top: 0, width, height }, line, faint);
    expect([...new Set(canvas.data)].sort(), `${width}x${height}, ${line}`).toEqual([0, 128]);
  }
});

test('mixes by transparency and by what a mask covers', () => {
  const canvas = new Canvas({ width: 2, height: 1, data: new Uint8Array(6).fill(100) });
  canvas.stamp({ width: 2, height: 1, data: Uint8Array.of(255, 51) }, 0, 0, white);
  expect([...canvas.data]).toEqual([255, 255, 255, 131, 131, 131]);
  canvas.fill({ left: 0, top: 0, width: 2, height: 1 }, { ...white, red: 0, alpha: 0 });
  expect([...canvas.data]).toEqual([255, 255, 255, 131, 131, 131]);
});

test('rounds each colour to the nearest value', () => {
  const blend = (red: number, green: number, blue: number) => {
    const canvas = new Canvas({ width: 1, height: 1, data: new Uint8Array(3).fill(100) });
    canvas.fill({ left: 0, top: 0, width: 1, height: 1 }, { red, green, blue, alpha: 128 });
    return [...canvas.data];
  };
  expect(blend(255, 0, 200)).toEqual([178, 50, 150]); // 177.8, 49.8, 150.2
  expect(blend(200, 255, 0)).toEqual([150, 178, 50]);
  expect(blend(0, 200, 255)).toEqual([50, 150, 178]);
});

test('cuts off what reaches beyond any edge', () => {
  const place = fc.integer({ min: -9, max: 9 });
  const size = fc.integer({ min: 0, max: 9 });
  fc.assert(
    fc.property(place, place, size, size, (left, top, width, height) => {
      const canvas = new Canvas(black(4, 3));
      canvas.stamp({ width, height, data: new Uint8Array(width * height).fill(255) }, left, top, white);
      const filled = new Canvas(black(4, 3));
      filled.fill({ left, top, width, height }, white);
      const expected = ['....', '....', '....'].map((row, y) =>
        [...row]
          .map((_, x) => (x >= left && x < left + width && y >= top && y < top + height ? '#' : '.'))
          .join(''),
      );
      expect(shown(canvas)).toEqual(expected);
      expect(shown(filled)).toEqual(expected);
    }),
  );
});
