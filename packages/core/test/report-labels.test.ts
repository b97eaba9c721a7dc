import { expect, test } from 'vitest';
import { reportLabels } from '../src/index.js';
import { film, makeScores, weather } from './make-scores.js';

const names = (row: number[], labelSet = weather, confidence?: number) =>
  makeScores([row], labelSet).flatMap((scores) => reportLabels(scores, confidence).map(({ label }) => label));

test('of labels the four best are reported, best first, none below the confidence', () => {
  expect(names([0.1, 0.3, 0.2, 0.15, 0.25])).toEqual(['rain', 'storm', 'snow', 'fog']);
  expect(names([0.1, 0.3, 0.2, 0.15, 0.25], weather, 0.25)).toEqual(['rain', 'storm']);
  expect(names([0.2, 0.2, 0.2, 0.2, 0.2])).toEqual(['sun', 'rain', 'snow', 'fog']);
});

test('of categories the best of each unit is reported, if it reaches the confidence', () => {
  expect(names([0.6, 0.4, 0.2, 0.3, 0.5], film)).toEqual(['Drawn', 'Merry']);
  expect(names([0.6, 0.4, 0.2, 0.3, 0.5], film, 0.55)).toEqual(['Drawn']);
});

test('a label with a threshold of its own is reported from there on, whatever the confidence', () => {
  const labelSet = { ...weather, thresholds: [0.05, undefined, 0.5, undefined, undefined] };
  expect(names([0.1, 0.3, 0.2, 0.15, 0.25], labelSet, 0.25)).toEqual(['rain', 'storm', 'sun']);
  const units = { ...film, thresholds: [0.7, undefined, undefined, undefined, 0.9] };
  // The best of those that reach theirs.
  expect(names([0.6, 0.4, 0.2, 0.3, 0.5], units, 0.3)).toEqual(['Real', 'Tense']);
});
