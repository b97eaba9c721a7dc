import { collect, type Detections, type StageOptions, through } from '@deepffmpeg/core';
import { type Step, testStageContract } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import { createOverlay, drawObjects } from '../src/index.js';
import { makeDetections, makeObject } from './make-detections.js';

const detectionsOf = (timestamp: number, source?: string, count = 1): Detections => {
  const objects = Array.from({ length: count }, () => makeObject('dog'));
  const detections = makeDetections(timestamp, objects, source);
  return { ...detections, frame: { ...detections.frame!, index: 77 } }; // it was made with one
};

const overlay = async (input: readonly Detections[], options = {}) =>
  collect(through(input, createOverlay(options)));

testStageContract('createOverlay', {
  steps: [],
  chunks: (count) => Array.from({ length: count }, (_, i) => detectionsOf(i)),
  create: (options: StageOptions, _step: Step) => createOverlay(options),
});

test('gives a frame for each detections, also without objects, drawn as a picture is', async () => {
  const [first, second] = [detectionsOf(0.5), detectionsOf(1.25, 'made', 0)];
  const style = { boxColor: 'lime', textColor: 'blue' };
  const frames = await overlay([first, second], style);
  const { data } = await drawObjects(first.frame!, first.objects, style);
  const about = {
    type: 'video-frame',
    tap: 'overlay',
    source: 'made',
    durationSeconds: 1,
    width: 2,
    height: 2,
  };
  expect(frames).toEqual([
    { ...about, timestamp: 0.5, index: 0, data },
    { ...about, timestamp: 1.25, index: 1, data: new Uint8Array(12) },
  ]);
  expect(first.frame?.data).toEqual(new Uint8Array(12));
});

test('counts the frames of each input', async () => {
  const frames = await overlay([detectionsOf(0, 'a'), detectionsOf(0, 'b'), detectionsOf(1, 'a')]);
  expect(frames.map(({ source, index }) => [source, index])).toEqual([
    ['a', 0],
    ['b', 0],
    ['a', 1],
  ]);
});

test('reports detections without their frame, and bad options at once', async () => {
  const { frame: _, ...bare } = detectionsOf(0);
  await expect(overlay([bare])).rejects.toMatchObject({ code: 'ERR_MISMATCH' });
  expect(() => createOverlay({ boxColor: 'rad' })).toThrow(/boxColor: a colour was expected/);
});
