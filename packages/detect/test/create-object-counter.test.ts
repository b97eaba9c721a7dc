import { collect, type StageOptions, through } from '@deepffmpeg/core';
import { type Step, testStageContract } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import { createObjectCounter } from '../src/index.js';
import { makeDetections, makeObject } from './make-detections.js';

testStageContract('createObjectCounter', {
  steps: [],
  holds: Infinity,
  chunks: (count) => Array.from({ length: count }, (_, i) => makeDetections(i, [makeObject(`label ${i}`)])),
  create: (options: StageOptions, _step: Step) => createObjectCounter(options),
});

test('counts objects, frames and the most at once, for each input and label', async () => {
  const counts = await collect(
    through(
      [
        makeDetections(0, [makeObject('dog'), makeObject('cat'), makeObject('dog')]),
        makeDetections(1, []),
        makeDetections(2, [makeObject('dog')]),
        makeDetections(0, [makeObject('dog')], 'other'),
      ],
      createObjectCounter(),
    ),
  );
  const about = { type: 'object-count', source: 'made', model: 'made' };
  expect(counts).toEqual([
    { ...about, label: 'dog', detections: 3, frames: 2, mostAtOnce: 2 },
    { ...about, label: 'cat', detections: 1, frames: 1, mostAtOnce: 1 },
    { ...about, source: 'other', label: 'dog', detections: 1, frames: 1, mostAtOnce: 1 },
  ]);
});

test('ends what is open where time runs back, as in a stream that begins anew', async () => {
  const seen = (time: number) => makeDetections(time, [makeObject('dog', { trackId: 1 })]);
  const frames = [60, 59.8, 61, 60.8, 0, 1].map(seen);
  const outputs = await collect(through(frames, createObjectCounter()));
  expect(outputs).toMatchObject([
    { type: 'track', timestamp: 60, durationSeconds: 2, count: 4 },
    { type: 'track', timestamp: 0, durationSeconds: 2, count: 2 },
    { type: 'object-count', tracks: 2 },
  ]);
});

test('tells when a track came and left, as soon as it is lost, and counts tracks', async () => {
  const seen = (time: number, trackId: number, confidence = 0.5) =>
    makeDetections(time, [makeObject('dog', { trackId }, confidence)]);
  const frames = [
    seen(0, 1),
    seen(2, 1, 1),
    makeDetections(4, []),
    makeDetections(4.5, []),
    seen(5, 2),
    seen(5, 1, 0.25),
  ].map((detections, i) => (i < 5 ? detections : { ...detections, source: 'other' }));
  const outputs = await collect(through(frames, createObjectCounter({ lostSeconds: 2 })));
  const about = { type: 'track', source: 'made', model: 'made', label: 'dog' };
  expect(outputs).toEqual([
    { ...about, trackId: 1, timestamp: 0, durationSeconds: 3, count: 2, confidence: 0.75, peak: 1 },
    { ...about, trackId: 2, timestamp: 5, durationSeconds: 1, count: 1, confidence: 0.5, peak: 0.5 },
    {
      ...about,
      source: 'other',
      trackId: 1,
      timestamp: 5,
      durationSeconds: 1,
      count: 1,
      confidence: 0.25,
      peak: 0.25,
    },
    expect.objectContaining({ type: 'object-count', source: 'made', detections: 3, tracks: 2 }),
    expect.objectContaining({ type: 'object-count', source: 'other', detections: 1, tracks: 1 }),
  ]);
});

test('a track that is out of sight for a moment is still the same', async () => {
  const frames = [0, 1, 3].map((time) => makeDetections(time, [makeObject('dog', { trackId: 1 })]));
  const [track] = await collect(through(frames, createObjectCounter({ lostSeconds: 2 })));
  expect(track).toMatchObject({ type: 'track', timestamp: 0, durationSeconds: 4, count: 3 });
});

test('frames that lie far apart follow one another all the same', async () => {
  const frames = [0, 1, 2].map((i) => ({
    ...makeDetections(i * 1.001, [makeObject('dog', { trackId: 1 })]),
    durationSeconds: 1.001,
  }));
  const outputs = await collect(through(frames, createObjectCounter()));
  expect(outputs).toMatchObject([
    { type: 'track', count: 3 },
    { type: 'object-count', tracks: 1 },
  ]);
});

test('a rounded time does not end a track', async () => {
  const frames = [0, 0.1 + 0.2].map((time) => ({
    ...makeDetections(time, [makeObject('dog', { trackId: 1 })]),
    durationSeconds: 0,
  }));
  const [track] = await collect(through(frames, createObjectCounter({ lostSeconds: 0.3 })));
  expect(track).toMatchObject({ count: 2 });
});

test('the time of one input ends no track of another', async () => {
  const seen = (time: number, source: string) =>
    makeDetections(time, [makeObject('dog', { trackId: 1 })], source);
  const frames = [seen(0, 'a'), seen(100, 'b'), seen(1, 'a'), seen(101, 'b')];
  const outputs = await collect(through(frames, createObjectCounter({ lostSeconds: 2 })));
  expect(outputs.filter(({ type }) => type === 'track')).toMatchObject([
    { source: 'a', timestamp: 0, durationSeconds: 2, count: 2 },
    { source: 'b', timestamp: 100, durationSeconds: 2, count: 2 },
  ]);
});

test('many inputs cost no more each than few', { timeout: 20_000 }, async () => {
  const frames = Array.from({ length: 20_000 }, (_, i) =>
    makeDetections(0, [makeObject('dog', { trackId: 1 })], `${i}.mp4`),
  );
  const outputs = await collect(through(frames, createObjectCounter()));
  expect(outputs.filter(({ type }) => type === 'track')).toHaveLength(20_000);
});
