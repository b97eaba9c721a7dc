import { expect, test } from 'vitest';
import { type ReportLabelsOptions, reportLabels } from '../src/index.js';
import { film, makeScores, weather } from './make-scores.js';

const names = (row: number[], labelSet = weather, options?: ReportLabelsOptions) =>
  makeScores([row], labelSet).flatMap((scores) => reportLabels(scores, options).map(({ label }) => label));

test('of labels the four best are reported, best first, none below the confidence', () => {
  expect(names([0.1, 0.3, 0.2, 0.15, 0.25])).toEqual(['rain', 'storm', 'snow', 'fog']);
  expect(names([0.1, 0.3, 0.2, 0.15, 0.25], weather, { confidence: 0.25 })).toEqual(['rain', 'storm']);
  expect(names([0.2, 0.2, 0.2, 0.2, 0.2])).toEqual(['sun', 'rain', 'snow', 'fog']);
});

test('more labels, or fewer, are reported where they are asked for; of categories always one a unit', () => {
  const row = [0.1, 0.3, 0.2, 0.15, 0.25];
  expect(names(row, weather, { mostLabels: 5 })).toEqual(['rain', 'storm', 'snow', 'fog', 'sun']);
  expect(names(row, weather, { mostLabels: 1 })).toEqual(['rain']);
  expect(names(row, weather, { mostLabels: 9, confidence: 0.15 })).toEqual(['rain', 'storm', 'snow', 'fog']);
  expect(names([0.6, 0.4, 0.2, 0.3, 0.5], film, { mostLabels: 3 })).toEqual(['Drawn', 'Merry']);
});

test('of categories the best of each unit is reported, if it reaches the confidence', () => {
  expect(names([0.6, 0.4, 0.2, 0.3, 0.5], film)).toEqual(['Drawn', 'Merry']);
  expect(names([0.6, 0.4, 0.2, 0.3, 0.5], film, { confidence: 0.55 })).toEqual(['Drawn']);
});

test('a label with a threshold of its own is reported from there on, whatever the confidence', () => {
  const labelSet = { ...weather, thresholds: [0.05, undefined, 0.5, undefined, undefined] };
  expect(names([0.1, 0.3, 0.2, 0.15, 0.25], labelSet, { confidence: 0.25 })).toEqual([
    'rain',
    'storm',
    'sun',
  ]);
  const units = { ...film, thresholds: [0.7, undefined, undefined, undefined, 0.9] };
  // The best of those that reach theirs.
  expect(names([0.6, 0.4, 0.2, 0.3, 0.5], units, { confidence: 0.3 })).toEqual(['Real', 'Tense']);
});

test.each([
  [{ top: 1 }, /^Unrecognized key: "top"$/],
  [{ confidence: 50 }, /^confidence: Too big/],
  [{ mostLabels: 0 }, /^mostLabels: Too small/],
])('refuses %j', (options, message) => {
  // As plain JavaScript may.
  expect(() => names([0.1, 0.3, 0.2, 0.15, 0.25], weather, options as ReportLabelsOptions)).toThrow(
    expect.objectContaining({ code: 'ERR_INVALID_OPTIONS', message: expect.stringMatching(message) }),
  );
});

test('takes units by their place, also where two have one name', () => {
  const groups = [
    { name: 'Mood', labels: ['calm', 'tense'] },
    { name: 'Mood', labels: ['sad', 'merry'] },
  ];
  const [scores] = makeScores([[0.1, 0.9, 0.6, 0.4]], { ...film, groups });
  expect(reportLabels(scores!).map(({ label }) => label)).toEqual(['tense', 'sad']);
});

test('the time for many units grows with their number', () => {
  const groups = Array.from({ length: 5000 }, (_, i) => ({ name: `unit ${i}`, labels: ['a', 'b'] }));
  const [scores] = makeScores([groups.flatMap(() => [0.25, 0.75])], { ...film, groups });
  const start = performance.now();
  expect(reportLabels(scores!)).toHaveLength(5000);
  expect(performance.now() - start).toBeLessThan(1000);
});
