import { expect, test } from 'vitest';
import { cocoLabels } from '../src/index.js';

test('has the 80 names, each once, where models expect them', () => {
  expect(new Set(cocoLabels).size).toBe(80);
  expect([0, 2, 15, 16, 67, 79].map((i) => cocoLabels[i])).toEqual([
    'person',
    'car',
    'cat',
    'dog',
    'cell phone',
    'toothbrush',
  ]);
});
