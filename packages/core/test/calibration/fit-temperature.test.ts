import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitTemperature, negativeLogLikelihood, type Observation } from '../../src/index.js';
import { makeRandom } from './random.js';

const softmax = { activation: 'softmax' } as const;
const sigmoid = { activation: 'sigmoid' } as const;

const observe = (logits: number[], truth: number): Observation => ({
  logits: logits.map((logit) => Float64Array.of(logit)),
  truth,
});

const scaled = ({ logits, ...about }: Observation, factor: number): Observation => ({
  ...about,
  logits: logits.map((rows) => rows.map((logit) => logit * factor)),
});

/** Examples whose right labels are drawn with just the probabilities that a softmax at this temperature gives. */
function draw(count: number, temperature: number, seed = 1): Observation[] {
  const random = makeRandom(seed);
  return Array.from({ length: count }, () => {
    const logits = Array.from({ length: 4 }, () => 6 * random() - 3);
    const weights = logits.map((logit) => Math.exp(logit / temperature));
    let left = random() * weights.reduce((a, b) => a + b, 0);
    const truth = weights.findIndex((weight) => {
      left -= weight;
      return left < 0;
    });
    return observe(logits, truth);
  });
}

/** The same, each label for itself. */
function drawEach(count: number, temperature: number, seed = 1): Observation[] {
  const random = makeRandom(seed);
  return Array.from({ length: count }, () => {
    const logit = 6 * random() - 3;
    const holds = random() < 1 / (1 + Math.exp(-logit / temperature));
    // Of two labels, one the opposite of the other, one holds.
    return observe([logit, -logit], holds ? 0 : 1);
  });
}

const anyObservations = fc.array(
  fc.record({
    logits: fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 3, maxLength: 3 }),
    truth: fc.nat(2),
  }),
  { minLength: 1, maxLength: 12 },
);

describe('negativeLogLikelihood', () => {
  test('softmax: of the right label, a label of several sentences by their sum', () => {
    const observation = { logits: [Float64Array.of(1, 2), Float64Array.of(0.5)], truth: 0 };
    const weights = [Math.exp(0.5), Math.exp(1), Math.exp(0.25)] as const;
    const expected = -Math.log((weights[0] + weights[1]) / (weights[0] + weights[1] + weights[2]));
    expect(negativeLogLikelihood([observation], 2, 'softmax')).toBeCloseTo(expected, 12);
  });

  test('sigmoid: the mean over all labels, a label of several sentences by its best', () => {
    const observation = { logits: [Float64Array.of(1, -4), Float64Array.of(0.5)], truth: 0 };
    const yes = 1 / (1 + Math.exp(-0.5));
    const no = 1 - 1 / (1 + Math.exp(-0.25));
    const expected = -(Math.log(yes) + Math.log(no)) / 2;
    expect(negativeLogLikelihood([observation], 2, 'sigmoid')).toBeCloseTo(expected, 12);
  });

  test('a weight counts as so many of the same', () => {
    const [one, other] = [observe([1, 2], 0), observe([3, 0], 0)];
    expect(negativeLogLikelihood([{ ...one, weight: 2 }, other], 1, 'softmax')).toBeCloseTo(
      negativeLogLikelihood([one, one, other], 1, 'softmax'),
      12,
    );
  });

  test('stays finite however far logits lie apart', () => {
    for (const { activation } of [softmax, sigmoid])
      expect(negativeLogLikelihood([observe([0, 5000], 0)], 0.01, activation)).toSatisfy(Number.isFinite);
  });
});

describe('fitTemperature', () => {
  test.each([
    ['softmax', softmax],
    ['sigmoid', sigmoid],
  ] as const)('%s: no temperature of a fine grid is better', (_, options) => {
    fc.assert(
      fc.property(anyObservations, fc.constantFrom(0, 0.1), (drawn, pull) => {
        const observations = drawn.map(({ logits, truth }) => observe(logits, truth));
        const lossAt = (log: number) =>
          negativeLogLikelihood(observations, Math.exp(log), options.activation) + (pull * log * log) / 2;
        const loss = lossAt(Math.log(fitTemperature(observations, { ...options, pull })));
        for (let log = Math.log(0.01); log <= Math.log(100); log += 0.05)
          expect(loss).toBeLessThanOrEqual(lossAt(log) + 1e-6);
      }),
      { numRuns: 100 },
    );
  });

  test.each([
    ['softmax', softmax, draw(3000, 1)],
    ['sigmoid', sigmoid, drawEach(3000, 1)],
  ] as const)('%s: logits that are t times too large get t', (_, options, observations) => {
    const own = fitTemperature(observations, options);
    for (const t of [0.1, 0.5, 3, 20]) {
      const fitted = fitTemperature(
        observations.map((each) => scaled(each, t)),
        options,
      );
      expect(fitted / (own * t)).toBeCloseTo(1, 4);
    }
  });

  test('the end of the range itself comes out where nothing else is better', () => {
    expect(fitTemperature([observe([0, 0.01, 0], 1)], softmax)).toBe(0.01);
    expect(fitTemperature([observe([0, 0.01, 0], 0)], softmax)).toBe(100);
  });

  test.each([0.4, 1, 2.5])('finds the temperature %s that labels were drawn with', (temperature) => {
    expect(fitTemperature(draw(6000, temperature), softmax) / temperature).toBeCloseTo(1, 1);
    expect(fitTemperature(drawEach(6000, temperature), sigmoid) / temperature).toBeCloseTo(1, 1);
  });

  test('several sentences a label may make several valleys: the deepest is found', () => {
    const observations: Observation[] = [
      { logits: [Float64Array.of(0, 0, 0, 0, 0, 0), Float64Array.of(3)], truth: 0 },
      { logits: [Float64Array.of(0, 0, 0, 0, 0, 0), Float64Array.of(3)], truth: 1 },
    ];
    const fitted = fitTemperature(observations, softmax);
    const loss = negativeLogLikelihood(observations, fitted, 'softmax');
    for (const t of [0.02, 0.1, 0.5, 1, 1.674, 2, 5, 50])
      expect(loss).toBeLessThanOrEqual(negativeLogLikelihood(observations, t, 'softmax') + 1e-9);
  });

  test('where all is right, the end of the range; a pull keeps nearer to 1', () => {
    const observations = Array.from({ length: 8 }, () => observe([2, 0], 0));
    expect(fitTemperature(observations, softmax)).toBeCloseTo(0.01, 4);
    const pulled = fitTemperature(observations, { ...softmax, pull: 1 / 8 });
    expect(pulled).toBeGreaterThan(0.3);
    expect(pulled).toBeLessThan(1);
    // What is certain already tells nothing of the temperature.
    expect(fitTemperature([observe([40, 0], 0)], { ...softmax, pull: 1 })).toBeCloseTo(1, 3);
  });

  test('where all is wrong, the flattest of the range', () => {
    expect(fitTemperature([observe([2, 0], 1)], softmax)).toBeCloseTo(100, 2);
  });

  test('faults: nothing to fit to, and numbers that are none', () => {
    expect(() => fitTemperature([], softmax)).toThrow(/at least one observation/);
    expect(() => fitTemperature([{ ...observe([1, 2], 0), weight: 0 }], softmax)).toThrow(/at least one/);
    for (const bad of [Number.NaN, Infinity])
      expect(() => fitTemperature([observe([bad, 1], 0)], softmax)).toThrow(
        expect.objectContaining({ code: 'ERR_MODEL_OUTPUT' }),
      );
  });
});
