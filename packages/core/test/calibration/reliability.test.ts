import fc from 'fast-check';
import { expect, test } from 'vitest';
import { measureReliability } from '../../src/index.js';

test('compares what is said with what holds, bin for bin', () => {
  const { expectedCalibrationError, bins } = measureReliability([
    { probability: 0.95, isRight: true },
    { probability: 0.91, isRight: false },
    { probability: 0.3, isRight: false, weight: 2 },
  ]);
  expect(bins).toHaveLength(10);
  expect(bins[9]).toMatchObject({ from: 0.9, to: 1, weight: 2, shareRight: 0.5 });
  expect(bins[9]?.meanProbability).toBeCloseTo(0.93, 12);
  expect(bins[3]).toMatchObject({ weight: 2, meanProbability: 0.3, shareRight: 0 });
  expect(bins[0]).toEqual({ from: 0, to: 0.1, weight: 0 });
  expect(expectedCalibrationError).toBeCloseTo((2 * 0.43 + 2 * 0.3) / 4, 12);
});

test('0 and 1 fall into the first and the last bin', () => {
  const { bins } = measureReliability(
    [0, 1].map((probability) => ({ probability, isRight: true })),
    4,
  );
  expect(bins.map(({ weight }) => weight)).toEqual([1, 0, 0, 1]);
});

test('of nothing, nothing is wrong', () => {
  expect(measureReliability([]).expectedCalibrationError).toBe(0);
});

test('lies between 0 and 1, and is 0 where every bin says the truth', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({ probability: fc.double({ min: 0, max: 1, noNaN: true }), isRight: fc.boolean() }),
        {
          minLength: 1,
        },
      ),
      (judgements) => {
        const { expectedCalibrationError, bins } = measureReliability(judgements);
        expect(expectedCalibrationError).toBeGreaterThanOrEqual(0);
        expect(expectedCalibrationError).toBeLessThanOrEqual(1);
        expect(bins.reduce((sum, { weight }) => sum + weight, 0)).toBe(judgements.length);
      },
    ),
  );
  const honest = [true, true, true, false].map((isRight) => ({ probability: 0.75, isRight }));
  expect(measureReliability(honest).expectedCalibrationError).toBe(0);
});

test.each([Number.NaN, -0.1, 1.5])('%s is no probability', (probability) => {
  expect(() => measureReliability([{ probability, isRight: true }])).toThrow(
    expect.objectContaining({ code: 'ERR_MODEL_OUTPUT' }),
  );
});
