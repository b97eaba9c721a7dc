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
  makeLabels,
  scoreLabels,
  through,
} from '../src/index.js';

const labels: EncodedLabelSet = {
  labelSet: {
    name: 'demo',
    kind: 'categories',
    groups: [
      { name: 'pet', labels: ['cat', 'dog'] },
      { name: 'place', labels: ['street', 'field'] },
    ],
  },
  model: 'tiny',
  vectors: Float32Array.of(1, 0, 0, 1, Math.SQRT1_2, Math.SQRT1_2, -1, 0),
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
    makeEmbeddings(count).map(({ vector, ...about }) => ({
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
        expect(probabilities[2]! + probabilities[3]!).toBeCloseTo(1, 5);
      },
    ),
  );
});

test('huge logits neither overflow nor vanish into NaN', () => {
  const { probabilities } = scoreLabels(Float32Array.of(1, 0), { ...labels, logitScale: 1e6 });
  expect([...probabilities]).toEqual([1, 0, 1, 0]);
  const { probabilities: coldest } = scoreLabels(Float32Array.of(1, 0), labels, Number.MIN_VALUE);
  expect([...coldest]).toEqual([1, 0, 1, 0]);
});

test('sigmoid labels stand alone', () => {
  const { probabilities } = scoreLabels(Float32Array.of(0, 1), {
    ...labels,
    activation: 'sigmoid',
    logitScale: 10,
    logitBias: -10,
  });
  expect([...probabilities].map((p) => +p.toFixed(4))).toEqual([0, 0.5, 0.0507, 0]);
});

test('averages every label over an input', async () => {
  const [cat] = await collect(
    through(makeEmbeddings(2), createScorer({ labelSets: [{ ...labels, logitScale: 1 }] }), createAverager()),
  );
  const mean = (1 / (1 + Math.exp(-1)) + 1 / (1 + Math.exp(Math.sin(1) - Math.cos(1)))) / 2;
  expect(cat).toMatchObject({ group: 'pet', label: 'cat', count: 2 });
  expect(cat?.probability).toBeCloseTo(mean, 6);
});

test('refuses numbers that are not finite, embeddings of another model and bad options', async () => {
  expect(() => scoreLabels(Float32Array.of(NaN, 0), labels)).toThrow('not finite');
  const mismatch = await collect(
    through(makeEmbeddings(1, 'other'), createScorer({ labelSets: [labels] })),
  ).catch((e) => e);
  expect(isMediaError(mismatch, 'ERR_MISMATCH')).toBe(true);
  expect(() => createScorer({ labelSets: [labels], temperature: 0 })).toThrow(/temperature: .*>0/);
  expect(() => scoreLabels(Float32Array.of(1, 0, 0), labels)).toThrow(
    /4 rows of 2 numbers .* embedding of 3/,
  );
});

const lonely: EncodedLabelSet = {
  ...labels,
  labelSet: { name: 'pets.txt', kind: 'labels', groups: [{ name: 'labels', labels: ['cat'] }] },
  vectors: Float32Array.of(1, 0),
};

test('refuses a label that softmax has nothing to compare with; a sigmoid needs no other', () => {
  expect(() => createScorer({ labelSets: [lonely] })).toThrow(/pets.txt: "cat" stands alone/);
  expect(() => createScorer({ labelSets: [{ ...lonely, activation: 'sigmoid' }] })).not.toThrow();
});

test('a category gathers its sentences: the sum under softmax, the best under sigmoid', () => {
  const sentences: EncodedLabelSet = {
    ...labels,
    labelSet: { name: 'two', kind: 'categories', groups: [{ name: 'unit', labels: ['many', 'one'] }] },
    vectors: Float32Array.of(1, 0, 0.6, 0.8, 0, 1),
    rowsPerLabel: [2, 1],
    logitScale: 1,
  };
  const vector = Float32Array.of(1, 0);
  const weights = [Math.exp(1), Math.exp(0.6), 1];
  const total = weights.reduce((a, b) => a + b);
  const soft = scoreLabels(vector, sentences);
  expect(soft.probabilities[0]).toBeCloseTo((weights[0]! + weights[1]!) / total, 6);
  expect(soft.probabilities[1]).toBeCloseTo(weights[2]! / total, 6);
  expect([...soft.similarities]).toEqual([1, 0]);
  const sigmoid = scoreLabels(vector, { ...sentences, activation: 'sigmoid' });
  expect(sigmoid.probabilities[0]).toBeCloseTo(1 / (1 + Math.exp(-1)), 6);
});

test('two label sets of one name are refused, of different models are not', () => {
  const create = (...labelSets: EncodedLabelSet[]) => createScorer({ labelSets });
  expect(() => create(labels, { ...labels, temperature: 2 })).toThrow(/model tiny are called "demo"/);
  expect(() => create(labels, { ...labels, model: 'other' })).not.toThrow();
});

test.each([
  [[makeLabels(['cat', 'dog'], 'pets')], /^labelSets: expected what encodeLabels gives, got \{ name: 'pets'/],
  [[Promise.resolve(labels)], /^labelSets: expected what encodeLabels gives, got a promise: await it$/],
  [labels, /^labelSets: expected a list of what encodeLabels gives, got \{/],
  [undefined, /^labelSets: expected a list .*, got undefined$/],
])('refuses at once what is no list of encoded label sets, %#', (labelSets, message) => {
  // As plain JavaScript may.
  expect(() => createScorer({ labelSets: labelSets as unknown as EncodedLabelSet[] })).toThrow(
    expect.objectContaining({ code: 'ERR_INVALID_OPTIONS', message: expect.stringMatching(message) }),
  );
});
