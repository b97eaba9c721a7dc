import { collect, createAverager, type StageOptions, through } from '@deepffmpeg/core';
import { type Step, testStageContract } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import { createDetectionScorer } from '../src/index.js';
import { makeDetections, makeObject } from './make-detections.js';

testStageContract('createDetectionScorer', {
  steps: [],
  chunks: (count) => Array.from({ length: count }, (_, i) => makeDetections(i, [makeObject('dog')])),
  create: (options: StageOptions, _step: Step) => createDetectionScorer(options),
});

const found = [
  makeDetections(0, [makeObject('dog', { trackId: 3 }, 0.75), makeObject('cat', {}, 0.5)]),
  makeDetections(1, []),
  makeDetections(2, [makeObject('dog', { x: 1 }, 0.25)]),
];

test('each object is a score of its label alone, with its place; then come the detections', async () => {
  const outputs = await collect(through(found, createDetectionScorer()));
  expect(outputs.map(({ type }) => type)).toEqual([
    'scores',
    'scores',
    'detections',
    'detections',
    'scores',
    'detections',
  ]);
  expect(outputs.filter(({ type }) => type === 'detections')).toEqual(found);
  const scores = outputs.filter((chunk) => chunk.type === 'scores');
  expect(scores[0]).toEqual({
    type: 'scores',
    source: 'made',
    timestamp: 0,
    durationSeconds: 1,
    modality: 'vision',
    model: 'made',
    labelSet: { name: 'objects', kind: 'labels', groups: [{ name: 'labels', labels: ['dog'] }] },
    probabilities: Float32Array.of(0.75),
    region: { x: 0, y: 0, width: 1, height: 1, trackId: 3, label: 'dog' },
  });
  expect(scores[2]?.labelSet).toBe(scores[0]?.labelSet);
});

test('averages count objects', async () => {
  const outputs = await collect(through(found, createDetectionScorer(), createAverager()));
  expect(outputs.filter(({ type }) => type === 'label-average')).toMatchObject([
    { label: 'dog', probability: 0.5, count: 2 },
    { label: 'cat', probability: 0.5, count: 1 },
  ]);
});
