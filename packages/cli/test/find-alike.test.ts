import type { EncodedLabelSet } from '@deepffmpeg/core';
import { expect, test } from 'vitest';
import { findAlike } from '../src/find-alike.js';

/** Labels of two groups, each a vector of two numbers. */
function encoded(vectors: readonly (readonly [number, number])[], rowsPerLabel?: number[]): EncodedLabelSet {
  return {
    labelSet: {
      name: 'set',
      kind: 'categories',
      groups: [
        { name: 'A', labels: ['cat', 'dog', 'cow'] },
        { name: 'B', labels: ['red', 'blue'] },
      ],
    },
    model: 'made',
    vectors: Float32Array.from(vectors.flat()),
    rowsPerLabel,
    activation: 'softmax',
    logitScale: 1,
  };
}

test('labels of one group with one vector are told, once for each group', () => {
  const found = findAlike(
    encoded([
      [1, 0],
      [0, 1],
      [1, 0],
      [0.6, 0.8],
      [0.6, 0.8],
    ]),
  );
  expect(found).toEqual([
    expect.stringMatching(/^made gives "cat" and "cow" the same embedding/),
    expect.stringMatching(/^made gives "red" and "blue" the same embedding/),
  ]);
});

test('labels of different groups, and those that differ a little, are not', () => {
  expect(
    findAlike(
      encoded([
        [1, 0],
        [0, 1],
        [0.6, 0.8],
        [1, 0],
        [0.999, 0.0447],
      ]),
    ),
  ).toEqual([]);
});

test('labels of several sentences are not compared', () => {
  const twice = Array.from({ length: 10 }, () => [1, 0] as const);
  expect(findAlike(encoded(twice, [2, 2, 2, 2, 2]))).toEqual([]);
});
