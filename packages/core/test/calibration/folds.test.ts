import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldsOf } from '../../src/calibration/folds.js';

test('cuts each label into neighbours, of nearly one size, and leaves no part out', () => {
  fc.assert(
    fc.property(fc.integer({ min: 5, max: 60 }), (count) => {
      const sources = Array.from({ length: count }, (_, i) => `f${i}`);
      const [map] = foldsOf([sources], 5);
      const folds = sources.map((source) => map?.get(source) ?? -1);
      expect(folds).toEqual(folds.toSorted((a, b) => a - b));
      const sizes = [0, 1, 2, 3, 4].map((fold) => folds.filter((each) => each === fold).length);
      expect(sizes.reduce((a, b) => a + b)).toBe(count);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    }),
  );
});
