import { expect, test } from 'vitest';
import { contactSheet } from '../../src/index.js';

const grey = (value: number) => ({ width: 2, height: 1, data: new Uint8Array(6).fill(value) });

test('lays pictures out row by row, with a gap around each', () => {
  const sheet = contactSheet([grey(10), grey(20), grey(30)])!; // three were given
  expect([sheet.width, sheet.height]).toEqual([2 * 6 + 4, 2 * 5 + 4]);
  const at = (x: number, y: number) => sheet.data[3 * (y * sheet.width + x)];
  expect([at(4, 4), at(5, 4), at(10, 4), at(4, 9)]).toEqual([10, 10, 20, 30]);
  expect([at(3, 4), at(6, 4), at(10, 9), at(4, 5)]).toEqual([0, 0, 0, 0]);
});

test('has at most 8 across, and none makes none', () => {
  expect(contactSheet(Array.from({ length: 100 }, () => grey(1)))?.width).toBe(8 * 6 + 4);
  expect(contactSheet([])).toBeUndefined();
});
