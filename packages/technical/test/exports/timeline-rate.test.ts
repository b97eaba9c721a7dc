import fc from 'fast-check';
import { expect, test } from 'vitest';
import { timelineRate } from '../../src/exports/timeline-rate.js';

test.each([
  ['a standard one', [24_000, 1001], [24_000, 1001]],
  ['24, which is not 23.976', [24, 1], [24, 1]],
  ['an average that a container rounded', [19_001, 317], [60_000, 1001]],
  ['29.97 spelt otherwise', [2997, 100], [30_000, 1001]],
  ['half of one', [25, 2], [25, 1]],
  ['half of 29.97', [15_000, 1001], [30_000, 1001]],
  ['a tenth of one', [12, 5], [24, 1]],
  ['a twentieth', [3, 2], [24, 1]],
  ['one in between', [27, 1], [30_000, 1001]],
  ['one just above', [2998, 100], [30, 1]],
  ['47.952', [48_000, 1001], [48_000, 1001]],
  ['a fast one', [240, 1], [60, 1]],
  ['one just too fast', [61, 1], [60, 1]],
])('%s', (_, [numerator = 0, denominator = 0], [wanted, over]) => {
  expect(timelineRate({ numerator, denominator })).toEqual({ numerator: wanted, denominator: over });
});

test('25 where there is none', () => {
  expect(timelineRate(undefined)).toEqual({ numerator: 25, denominator: 1 });
});

test('up to 60, a frame never shares its place', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60_000 }), (numerator) => {
      const rate = timelineRate({ numerator, denominator: 1000 });
      expect(rate.numerator / rate.denominator).toBeGreaterThanOrEqual((numerator / 1000) * 0.9998);
    }),
  );
});
