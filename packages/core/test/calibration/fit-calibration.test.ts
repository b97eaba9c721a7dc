import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CalibrationExample,
  fitCalibration,
  type LabelSet,
  negativeLogLikelihood,
} from '../../src/index.js';
import { makeRandom } from './random.js';

const colours: LabelSet = {
  name: 'colours',
  kind: 'labels',
  groups: [{ name: 'labels', labels: ['red', 'green', 'blue'] }],
};
const softmax = { labelSet: colours, activation: 'softmax' } as const;
const sigmoid = { labelSet: colours, activation: 'sigmoid' } as const;

const rows = (logits: readonly number[]) => logits.map((logit) => Float64Array.of(logit));

/** Pictures of each colour, whose logits are `scale` times what would be honest. */
function draw(count: number, scale: number, seed = 7): CalibrationExample[] {
  const random = makeRandom(seed);
  return Array.from({ length: count }, (_, i) => {
    const logits = Array.from({ length: 3 }, () => 4 * random() - 2);
    const weights = logits.map(Math.exp);
    let left = random() * weights.reduce((a, b) => a + b, 0);
    const index = weights.findIndex((weight) => {
      left -= weight;
      return left < 0;
    });
    return { source: `${i}.png`, index, logits: rows(logits.map((logit) => logit * scale)) };
  });
}

/** Five pictures of each colour that are told apart with ease. */
const easy = (perLabel = 5): CalibrationExample[] =>
  [0, 1, 2].flatMap((index) =>
    Array.from({ length: perLabel }, (_, i) => ({
      source: `${index}/${i}.png`,
      index,
      logits: rows([0, 1, 2].map((label) => (label === index ? 2 + i / 10 : 0))),
    })),
  );

describe('fitCalibration', () => {
  test('makes probabilities mean what they say, on parts held out', () => {
    const { temperature, before, after, examples, folds } = fitCalibration(draw(600, 5), softmax);
    expect(temperature / 5).toBeCloseTo(1, 0);
    expect([examples, folds]).toEqual([600, 5]);
    expect(before.expectedCalibrationError).toBeGreaterThan(0.25);
    expect(after.expectedCalibrationError).toBeLessThan(0.08);
    expect(after.negativeLogLikelihood).toBeLessThan(before.negativeLogLikelihood / 2);
    expect(after.accuracy).toBe(before.accuracy);
  });

  test('leaves alone what means what it says', () => {
    const { temperature } = fitCalibration(draw(2000, 1), softmax);
    expect(temperature).toBeGreaterThan(0.9);
    expect(temperature).toBeLessThan(1.12);
  });

  test('finds a threshold for each label, and tells how it does on parts held out', () => {
    const { labels } = fitCalibration(easy(), softmax);
    expect(labels.map(({ label }) => label)).toEqual(['red', 'green', 'blue']);
    for (const each of labels) {
      expect(each).toMatchObject({ group: 'labels', examples: 5, precision: 1, recall: 1, f1: 1 });
      expect(each.threshold).toBeGreaterThan(0.2);
      expect(each.threshold).toBeLessThan(0.9);
    }
  });

  test('what is held out is not what was fitted to: labels without meaning get no good figures', () => {
    const random = makeRandom(3);
    const noise = Array.from({ length: 60 }, (_, i) => ({
      source: `${i}`,
      index: i % 3,
      logits: rows([random(), random(), random()].map((value) => 10 * value)),
    }));
    const { before, after, labels } = fitCalibration(noise, softmax);
    expect(before.negativeLogLikelihood).toBeGreaterThan(2);
    expect(after.negativeLogLikelihood).toBeGreaterThan(Math.log(3) - 0.02); // no better than guessing
    for (const { f1 } of labels) expect(f1).toBeLessThan(0.7);
  });

  test('an example that a threshold was not fitted to may be missed by it', () => {
    const pair: LabelSet = {
      name: 'pair',
      kind: 'labels',
      groups: [{ name: 'labels', labels: ['red', 'blue'] }],
    };
    const examples = [0, 1].flatMap((index) =>
      Array.from({ length: 5 }, (_, i) => {
        // The last red one is far fainter than all others, and yet redder than any blue one.
        const logit = index === 1 ? -2.2 : i === 4 ? -0.8 : 2.2;
        return { source: `${index}/${i}`, index, logits: rows([logit, 0]) };
      }),
    );
    const { labels } = fitCalibration(examples, { labelSet: pair, activation: 'softmax' });
    expect(labels[0]?.threshold).toBeLessThan(0.3); // all of them are above it
    expect(labels[0]).toMatchObject({ precision: 1, recall: 0.8 });
  });

  test('each part is judged at the temperature of the others', () => {
    const examples = easy(8).map((each, i) => (i === 3 ? { ...each, index: 1 } : each));
    const { temperature, after } = fitCalibration(examples, softmax);
    const inSample = examples.map(({ logits, index }) => ({ logits, truth: index }));
    const flattering = negativeLogLikelihood(inSample, temperature, 'softmax');
    expect(after.negativeLogLikelihood).toBeGreaterThan(flattering + 1e-4);
  });

  test('a label that nothing gives the wanted precision is never reported', () => {
    const mixed = easy().map((each, i) => (i % 5 < 2 ? { ...each, index: (each.index + 1) % 3 } : each));
    // Every colour's pictures are those of another one, too.
    const same = mixed.map((each) => ({ ...each, logits: rows([1, 1, 1]) }));
    const { labels } = fitCalibration(same, softmax, { precision: 0.9 });
    for (const each of labels) {
      expect(each).toMatchObject({ threshold: Infinity, recall: 0, f1: 0 });
      expect(each).not.toHaveProperty('precision');
    }
  });

  test('no threshold parts probabilities that are one number in scores', () => {
    // Hundreds that are right make it sharp: then margins of 6 and 7 differ in double precision, and are 1 as float32.
    const margins = [...Array.from({ length: 200 }, () => 1), 7, 7, 7, 6];
    const sure = [0, 1, 2].flatMap((label) =>
      margins.map((margin, i) => ({
        source: `${label}/${i}.png`,
        index: margin === 6 ? (label + 1) % 3 : label,
        logits: rows([0, 1, 2].map((other) => (other === label ? margin : 0))),
      })),
    );
    const { labels, temperature } = fitCalibration(sure, softmax, { precision: 1 });
    expect(Math.fround(Math.exp(-6 / temperature))).toBeGreaterThan(2 ** -53);
    expect(1 - Math.fround(1 - 2 * Math.exp(-6 / temperature))).toBe(0);
    expect(labels.map(({ threshold }) => threshold)).toEqual([Infinity, Infinity, Infinity]);
  });

  test('sigmoid: each label alone', () => {
    const shifted = easy(8).map(({ logits, ...about }) => ({
      ...about,
      logits: logits.map((each) => each.map((logit) => logit / 2 - 0.6)),
    }));
    const { before, after, labels } = fitCalibration(shifted, sigmoid);
    expect(after.negativeLogLikelihood).toBeLessThan(before.negativeLogLikelihood);
    // All answers are judged, not the best alone.
    expect(before.bins.reduce((sum, { weight }) => sum + weight, 0)).toBe(24 * 3);
    expect(labels.map(({ f1 }) => f1)).toEqual([1, 1, 1]);
  });

  test('examples of one file count together as much as one file, and stay together', () => {
    const many = easy().flatMap((each) => (each.source === '0/0.png' ? new Array(50).fill(each) : [each]));
    const { temperature, before, after, labels } = fitCalibration(many, softmax);
    const once = fitCalibration(easy(), softmax);
    expect(temperature).toBeCloseTo(once.temperature, 6);
    expect(before.negativeLogLikelihood).toBeCloseTo(once.before.negativeLogLikelihood, 9);
    expect(after.negativeLogLikelihood).toBeCloseTo(once.after.negativeLogLikelihood, 6);
    expect(labels.map(({ examples }) => examples)).toEqual([5, 5, 5]);
  });

  test('labels compete within their unit only', () => {
    const units: LabelSet = {
      name: 'units',
      kind: 'categories',
      groups: [
        { name: 'Light', labels: ['Dark', 'Bright'] },
        { name: 'Mood', labels: ['Calm', 'Wild'] },
      ],
    };
    const examples = [0, 1, 2, 3].flatMap((index) =>
      Array.from({ length: 5 }, (_, i) => ({
        source: `${index}/${i}`,
        index,
        // The other unit says something far stronger, which must not matter.
        logits: rows(
          [0, 1, 2, 3].map((label) => (label === index ? 1 : label >> 1 === index >> 1 ? 0 : 99 * i)),
        ),
      })),
    );
    const { before, labels } = fitCalibration(examples, { labelSet: units, activation: 'softmax' });
    expect(before.accuracy).toBe(1);
    expect(before.negativeLogLikelihood).toBeCloseTo(Math.log(1 + Math.exp(-1)), 9);
    expect(labels.map(({ group, label }) => `${group}: ${label}`)).toEqual([
      'Light: Dark',
      'Light: Bright',
      'Mood: Calm',
      'Mood: Wild',
    ]);
  });

  test('a label without examples competes, and gets no threshold', () => {
    const { labels } = fitCalibration(
      easy().filter(({ index }) => index < 2),
      softmax,
    );
    expect(labels.map(({ label }) => label)).toEqual(['red', 'green']);
  });

  test.each([
    ['nothing at all', [], /no example of any label/],
    ['four of a label', easy().slice(1), /red has 4 of the 5 examples/],
    ['one label only', easy().slice(0, 5), /examples of one label only/],
  ])('%s is too little', (_, examples, message) => {
    expect(() => fitCalibration(examples, softmax)).toThrow(
      expect.objectContaining({ code: 'ERR_INPUT', message: expect.stringMatching(message) }),
    );
  });

  test('a logit that is no number is refused', () => {
    const [first, ...rest] = easy();
    const bad = { ...first!, logits: rows([Number.NaN, 0, 0]) }; // there are fifteen
    expect(() => fitCalibration([bad, ...rest], softmax)).toThrow(
      expect.objectContaining({ code: 'ERR_MODEL_OUTPUT' }),
    );
  });

  test('gives the same whatever the order of labels in the set', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), (seed) => {
        const examples = draw(90, 2, seed);
        const turned = examples.map(({ index, logits, source }) => ({
          source,
          index: 2 - index,
          logits: logits.toReversed(),
        }));
        const labelSet = { ...colours, groups: [{ name: 'labels', labels: ['blue', 'green', 'red'] }] };
        const [one, other] = [
          fitCalibration(examples, softmax),
          fitCalibration(turned, { ...softmax, labelSet }),
        ];
        expect(other.temperature).toBeCloseTo(one.temperature, 5);
        expect(other.after.negativeLogLikelihood).toBeCloseTo(one.after.negativeLogLikelihood, 6);
      }),
      { numRuns: 10 },
    );
  });
});

test.each([90, -0.1, Number.NaN])(
  'refuses a precision of %d, by which nothing would ever be reported',
  (precision) => {
    expect(() => fitCalibration(draw(100, 1), softmax, { precision })).toThrow(
      expect.objectContaining({
        code: 'ERR_INVALID_OPTIONS',
        message: expect.stringMatching(/^precision: /),
      }),
    );
  },
);
