import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fixedText } from '../../src/index.js';

test('writes so many decimals', () => {
  expect(fixedText(1019.319319, 2)).toBe('1019.32');
  expect(fixedText(-26.3, 1)).toBe('-26.3');
  expect(fixedText(3, 0)).toBe('3');
});

test('gives what lies exactly between two to the even one', () => {
  expect([0.5, 1.5, 2.5, -2.5].map((value) => fixedText(value, 0))).toEqual(['0', '2', '2', '-2']);
  expect(fixedText(30.125, 2)).toBe('30.12');
  expect(fixedText(30.375, 2)).toBe('30.38');
  expect(fixedText(18.25, 1)).toBe('18.2');
});

test('looks at the number itself, not at its shortest spelling', () => {
  expect(fixedText(1.005, 2)).toBe('1.00'); // it is a little less
  expect(fixedText(0.15, 1)).toBe('0.1'); // so is it
  expect(fixedText(0.35, 1)).toBe('0.3');
  expect(fixedText(0.45, 1)).toBe('0.5'); // and it a little more
});

test('differs from toFixed only between two, and never by more than half', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -1e9, max: 1e9, noNaN: true }),
      fc.integer({ min: 0, max: 4 }),
      (value, decimals) => {
        const text = fixedText(value, decimals);
        const isTie = Math.abs(Math.abs(value * 10 ** decimals) % 1) === 0.5;
        if (!isTie) expect(text).toBe(value.toFixed(decimals));
        expect(Math.abs(Number(text) - value)).toBeLessThanOrEqual(0.5 * 10 ** -decimals * (1 + 1e-9) + 1e-7);
      },
    ),
  );
});
