import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bestClass } from '../../src/heads/best-class.js';
import { bestClasses } from '../../src/heads/best-classes.js';

test('finds the same as going through each column, also where numbers are equal', () => {
  const table = fc.integer({ min: 1, max: 6 }).chain((boxes) =>
    fc.record({
      boxes: fc.constant(boxes),
      rows: fc.array(fc.array(fc.integer({ min: -2, max: 2 }), { minLength: boxes, maxLength: boxes }), {
        minLength: 1,
        maxLength: 6,
      }),
    }),
  );
  fc.assert(
    fc.property(table, ({ boxes, rows }) => {
      const data = Float32Array.from(rows.flat());
      const { classes, scores } = bestClasses(data, boxes);
      const columns = Array.from({ length: boxes }, (_, box) => bestClass(data, box, rows.length, boxes));
      expect([...classes]).toEqual(columns.map(({ classIndex }) => classIndex));
      expect([...scores]).toEqual(columns.map(({ value }) => value));
    }),
  );
});

test('no boxes have none', () => {
  expect(bestClasses(new Float32Array(0), 0)).toEqual({
    classes: new Int32Array(0),
    scores: new Float32Array(0),
  });
});
