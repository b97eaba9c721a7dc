import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitThreshold, measureAgreement } from '../../src/index.js';

const judge = (...pairs: readonly (readonly [probability: number, isRight: boolean])[]) =>
  pairs.map(([probability, isRight]) => ({ probability, isRight }));

const anyJudgements = fc.array(
  fc.record({ probability: fc.integer({ min: 0, max: 20 }).map((n) => n / 20), isRight: fc.boolean() }),
  { maxLength: 15 },
);

const agreementAt = (judgements: ReturnType<typeof judge>, threshold: number) =>
  measureAgreement(judgements.map((each) => ({ ...each, isReported: each.probability >= threshold })));

/** Everything that a threshold could part. */
const STEPS = Array.from({ length: 42 }, (_, i) => i / 40);

describe('the best F1', () => {
  test('lies in the middle between what holds and what does not', () => {
    expect(fitThreshold(judge([0.9, true], [0.8, true], [0.4, false], [0.1, false]))).toBeCloseTo(0.6, 12);
  });

  test('of several that are as good, in the widest gap', () => {
    // Both cuts have 2/3: {0.9} of 2 that hold, and all four.
    expect(fitThreshold(judge([0.9, true], [0.85, false], [0.5, false], [0.45, true]))).toBeCloseTo(
      0.225,
      12,
    );
  });

  test('is not beaten by any other threshold', () => {
    fc.assert(
      fc.property(anyJudgements, (judgements) => {
        const threshold = fitThreshold(judgements);
        const best = Math.max(...STEPS.map((step) => agreementAt(judgements, step).f1));
        if (threshold === undefined) expect(judgements.some((each) => each.isRight)).toBe(false);
        else expect(agreementAt(judgements, threshold).f1).toBeCloseTo(best, 12);
      }),
    );
  });
});

describe('a wanted precision', () => {
  const judgements = judge([0.9, true], [0.8, false], [0.7, true], [0.6, true], [0.5, false], [0.2, true]);

  test.each([
    [1, 0.85], // 0.9 alone
    [0.75, 0.55], // three of four down to 0.6
    [0.6, 0.1], // four of six: all
  ])('%s: as much as has it', (precision, threshold) => {
    expect(fitThreshold(judgements, { precision })).toBeCloseTo(threshold, 12);
  });

  test('is had where it is just reached, whatever adding the weights of frames makes of it', () => {
    // Nine films of ten frames that are right, and two pictures that are not.
    const film = (probability: number) =>
      Array.from({ length: 10 }, () => ({ probability, isRight: true, weight: 0.1 }));
    const wrong = [0.8, 0.2].map((probability) => ({ probability, isRight: false }));
    const films = [0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.7].flatMap(film);
    expect(fitThreshold([...films, ...wrong], { precision: 0.9 })).toBeCloseTo(0.45, 12);
  });

  test('is had, and no other threshold that has it reports more of what holds', () => {
    fc.assert(
      fc.property(anyJudgements, fc.constantFrom(0.5, 0.8, 1), (some, precision) => {
        const threshold = fitThreshold(some, { precision });
        const having = STEPS.map((step) => agreementAt(some, step)).filter(
          (each) => each.recall > 0 && (each.precision ?? 0) >= precision,
        );
        if (threshold === undefined) return;
        const found = agreementAt(some, threshold);
        expect(found.precision).toBeGreaterThanOrEqual(precision - 1e-12);
        expect(found.recall).toBe(Math.max(...having.map(({ recall }) => recall)));
      }),
    );
  });

  test('that nothing has is told', () => {
    expect(fitThreshold(judge([0.9, false], [0.5, true]), { precision: 0.9 })).toBeUndefined();
  });
});

test('where nothing holds there is no threshold', () => {
  expect(fitThreshold([])).toBeUndefined();
  expect(fitThreshold(judge([0.9, false]))).toBeUndefined();
});

test('weights count as so many of the same', () => {
  const heavy = [{ probability: 0.6, isRight: false, weight: 3 }, ...judge([0.9, true], [0.5, true])];
  expect(fitThreshold(heavy)).toBeCloseTo(0.75, 12);
});
