import { testStageContract } from '@deepffmpeg/test-kit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  collect,
  createAverager,
  createScorer,
  type Embedding,
  type EncodedLabelSet,
  isMediaError,
  scoreLabels,
  through,
} from '../src/index.js';

const labels: EncodedLabelSet = {
  labelSet: {
    name: 'demo',
    kind: 'categories',
    groups: [
      { name: 'pet', labels: ['cat', 'dog'] },
      { name: 'place', labels: ['street'] },
    ],
  },
  model: 'tiny',
  vectors: Float32Array.of(1, 0, 0, 1, Math.SQRT1_2, Math.SQRT1_2),
  activation: 'softmax',
  logitScale: 100,
};

const makeEmbeddings = (count: number, model = 'tiny'): Embedding[] =>
  Array.from({ length: count }, (_, i) => ({
    type: 'embedding',
    source: 'made',
    timestamp: i,
    durationSeconds: 1,
    modality: 'vision',
    model,
    vector: Float32Array.of(Math.cos(i), Math.sin(i)),
  }));

testStageContract('createScorer', {
  steps: [],
  chunks: makeEmbeddings,
  create: (options) => createScorer({ labelSets: [labels], ...options }),
});

testStageContract('createAverager', {
  steps: [],
  holds: Infinity,
  chunks: (count) =>
    makeEmbeddings(count).map(({ vector, model, ...about }) => ({
      ...about,
      type: 'scores',
      labelSet: labels.labelSet,
      ...scoreLabels(vector, labels),
    })),
  create: createAverager,
});

test('a group sums to 1, whatever the scale, and a sharper temperature keeps the order', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 6.2, noNaN: true }),
      fc.double({ min: 0.01, max: 1e4, noNaN: true }),
      (angle, temperature) => {
        const { probabilities } = scoreLabels(
          Float32Array.of(Math.cos(angle), Math.sin(angle)),
          labels,
          temperature,
        );
        expect(probabilities[0]! + probabilities[1]!).toBeCloseTo(1, 5);
        expect(probabilities[2]).toBe(1);
      },
    ),
  );
});

test('huge logits neither overflow nor vanish into NaN', () => {
  const { probabilities } = scoreLabels(Float32Array.of(1, 0), { ...labels, logitScale: 1e6 });
  expect([...probabilities]).toEqual([1, 0, 1]);
});

test('sigmoid labels stand alone', () => {
  const { probabilities } = scoreLabels(Float32Array.of(0, 1), {
    ...labels,
    activation: 'sigmoid',
    logitScale: 10,
    logitBias: -10,
  });
  expect([...probabilities].map((p) => +p.toFixed(4))).toEqual([0, 0.5, 0.0507]);
});

test('averages every label over an input', async () => {
  const [cat] = await collect(
    through(makeEmbeddings(2), createScorer({ labelSets: [{ ...labels, logitScale: 1 }] }), createAverager()),
  );
  const mean = (1 / (1 + Math.exp(-1)) + 1 / (1 + Math.exp(Math.sin(1) - Math.cos(1)))) / 2;
  expect(cat).toMatchObject({ group: 'pet', label: 'cat', count: 2 });
  expect(cat?.averageProbability).toBeCloseTo(mean, 6);
});

test('refuses numbers that are not finite, embeddings of another model and bad options', async () => {
  expect(() => scoreLabels(Float32Array.of(NaN, 0), labels)).toThrow('not finite');
  const mismatch = await collect(
    through(makeEmbeddings(1, 'other'), createScorer({ labelSets: [labels] })),
  ).catch((e) => e);
  expect(isMediaError(mismatch, 'ERR_MISMATCH')).toBe(true);
  expect(() => createScorer({ labelSets: [labels], temperature: 0 })).toThrow(/temperature: .*>0/);
});
