import { expect, test } from 'vitest';
import { averagesToCsv, collect, createAverager, through } from '../src/index.js';
import { film, makeScores } from './make-scores.js';

test('with a confidence, a label counts where it is reported, in order of first appearance', async () => {
  const scores = [
    ...makeScores(
      [
        [0.1, 0.9, 0.1, 0.1, 0.8],
        [0.75, 0.25, 0.1, 0.1, 0.8],
        [0.5, 0.5, 0.4, 0.3, 0.3],
      ],
      film,
    ),
  ];
  const averages = await collect(through(scores, createAverager({ confidence: 0.45 })));
  expect(averages.map(({ label, count }) => [label, count])).toEqual([
    ['Real', 1],
    ['Merry', 2],
    ['Drawn', 2],
  ]);
  expect(averages[2]?.probability).toBeCloseTo(0.625, 6);
});

test('without one, every label counts everywhere', async () => {
  const averages = await collect(through(makeScores([[0, 1, 0, 0, 0]]), createAverager()));
  expect(averages.map(({ probability, count }) => [probability, count])).toEqual([
    [0, 1],
    [1, 1],
    [0, 1],
    [0, 1],
    [0, 1],
  ]);
});

const six = {
  name: 'six',
  kind: 'labels' as const,
  groups: [{ name: 'labels', labels: ['a', 'b', 'c', 'd', 'e', 'f'] }],
};
const close = makeScores([[0.99, 0.98, 0.97, 0.96, 0.95, 0.94]], six);

test.each([
  [{ confidence: 0.3 }, 'abcd'],
  [{ confidence: 0.3, mostLabels: 6 }, 'abcdef'],
  [{ confidence: 0.945, mostLabels: 100 }, 'abcde'],
  [{ mostLabels: 2 }, 'ab'],
  [{}, 'abcdef'],
])('with %j, of six labels %s count', async (options, labels) => {
  const averages = await collect(through(close, createAverager(options)));
  expect(averages.map(({ label }) => label).join('')).toBe(labels);
});

test("the CSV is the original's, byte for byte", async () => {
  const rows = [[0.3, 0.7]];
  const set = {
    name: 's',
    kind: 'labels' as const,
    groups: [{ name: 'labels', labels: ['a "b", c', 'plain'] }],
  };
  const scores = [...makeScores(rows, set), ...makeScores(rows, set, 'audio')];
  const csv = await collect(averagesToCsv(through(scores, createAverager({ confidence: 0.3 }))));
  expect(csv.join('')).toBe(
    'stream_id,label,avg_probability,count\n0,plain,0.7000,1\n0,"a ""b"", c",0.3000,1\n1,plain,0.7000,1\n1,"a ""b"", c",0.3000,1\n',
  );
});

test('refuses a confidence above 1, and less than one label', () => {
  expect(() => createAverager({ confidence: 2 })).toThrow(/confidence/);
  expect(() => createAverager({ mostLabels: 0 })).toThrow(/mostLabels/);
});

test('two models, and two label sets, over the same frames are told apart', async () => {
  const rows = [[0.9, 0.1]];
  const set = (name: string) => ({
    name,
    kind: 'labels' as const,
    groups: [{ name: 'labels', labels: ['a', 'b'] }],
  });
  const first = makeScores(rows, set('one'));
  const scores = [
    ...first,
    ...makeScores(rows, set('two')),
    ...first.map((chunk) => ({ ...chunk, model: 'other' })),
  ];
  const averages = await collect(through(scores, createAverager()));
  expect(
    averages
      .filter(({ label }) => label === 'a')
      .map(({ model, labelSet, count }) => [model, labelSet, count]),
  ).toEqual([
    ['tiny', 'one', 1],
    ['tiny', 'two', 1],
    ['other', 'one', 1],
  ]);
});
