import { collect, type Detection, type EncodedLabelSet, through } from '@deepffmpeg/core';
import { makeFrames, testStageContract } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import {
  createObjectFinder,
  type Detector,
  type ObjectFinderOptions,
  type ObjectModel,
} from '../src/index.js';
import { makeObject } from './make-detections.js';

const [, ...frames] = makeFrames(4);

/** Finds a dog in each frame. */
const detectorOf = (work: (signal?: AbortSignal) => Promise<void> = async () => {}): Detector => ({
  id: 'finder',
  labels: ['dog'],
  batchSize: 3,
  async detect(pictures, { signal } = {}): Promise<Detection[][]> {
    await work(signal);
    return pictures.map(() => [makeObject('dog')]);
  },
  close: async () => {},
});
const model: ObjectModel = {
  id: 'clip',
  dimension: 2,
  batchSize: 2,
  embed: async (pictures) => Float32Array.from(pictures.flatMap(() => [0, 1])),
};
const labelSets: EncodedLabelSet[] = [
  {
    labelSet: { name: 'looks', kind: 'labels', groups: [{ name: 'labels', labels: ['dark', 'bright'] }] },
    ...{ model: 'clip', vectors: Float32Array.of(1, 0, 0, 1), activation: 'softmax', logitScale: 10 },
  },
];
const find = (options: Partial<ObjectFinderOptions> = {}) =>
  collect(through(frames, createObjectFinder({ model: detectorOf(), ...options })));

testStageContract('createObjectFinder', {
  holds: 3,
  steps: ['work'],
  chunks: makeFrames,
  create: (options, step) =>
    createObjectFinder({ model: detectorOf((signal) => step('work', signal)), ...options }),
});

test('tells what the detector took each object for, then the frame with all of them', async () => {
  const found = await find();
  expect(found.map(({ type }) => type)).toEqual(frames.flatMap(() => ['scores', 'detections']));
  expect(found[0]).toMatchObject({ labelSet: { name: 'objects' }, region: { label: 'dog' }, timestamp: 1 });
  expect(found[0]).not.toHaveProperty('region.trackId');
});

test('follows objects where that is asked for', async () => {
  const found = await find({ tracker: { confidence: 0.6 } });
  const tracks = found.flatMap((chunk) => (chunk.type === 'scores' ? [chunk.region?.trackId] : []));
  expect(tracks).toEqual([1, 1, 1]);
});

test('compares objects with labels where there are any', async () => {
  const found = await find({ tracker: {}, classifier: { model, labelSets } });
  const scores = found.filter((chunk) => chunk.type === 'scores');
  expect(scores.map(({ labelSet, region }) => [labelSet.name, region?.trackId])).toEqual([
    ['looks', 1],
    ['looks', 1],
    ['looks', 1],
  ]);
});

test('frames of other taps pass', async () => {
  expect(await find({ tap: 'other' })).toEqual(frames);
});
