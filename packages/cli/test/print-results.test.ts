import { expect, test } from 'vitest';
import { newResult } from '../src/input-result.js';
import { formatResults } from '../src/print-results.js';

const about = { source: 'a.mp4', modality: 'vision', model: 'm', labelSet: 'l', group: 'labels' } as const;

const average = (label: string, count: number, probability: number) =>
  ({ type: 'label-average', ...about, label, count, probability }) as const;

test('averages begin with the most frequent label, and means of segments have a name of their own', () => {
  const result = newResult('a.mp4');
  result.frames = 9;
  // By the sum of probabilities, the second would come first.
  result.averages.push(average('rare', 2, 0.9), average('sure', 4, 0.8), average('often', 5, 0.4));
  result.averages.push(average('less', 5, 0.3));
  const span = { timestamp: 1, durationSeconds: 2, probability: 0.7, peak: 0.9 };
  result.segments.push({ type: 'segment', ...about, label: 'sure', ...span });
  const text = formatResults([result], ['vision']);
  expect(text).toMatch(/│ label │ frames │ average │/);
  const rows = [...text.matchAll(/│ (often|less|sure|rare) +│ +(\d) │ +([\d.]+) │/g)];
  expect(rows.map(([, label, count]) => `${label} ${count}`)).toEqual([
    'often 5',
    'less 5',
    'sure 4',
    'rare 2',
  ]);
  expect(text).toMatch(/│ from │ +to │ label │ +mean │ +peak │/);
});
