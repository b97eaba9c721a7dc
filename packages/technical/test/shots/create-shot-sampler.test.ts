import { collect, type Shot, type StageOptions, through } from '@deepffmpeg/core';
import { makeFrames, type Step, testStageContract } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import { createShotSampler } from '../../src/index.js';

const shot = (startFrame: number, endFrame: number, timestamp: number): Shot => ({
  type: 'shot',
  source: 'made',
  index: 0,
  timestamp,
  durationSeconds: 5,
  startFrame,
  endFrame,
  kind: 'cut',
  score: 1,
});

testStageContract('createShotSampler', {
  steps: [],
  chunks: makeFrames,
  create: (options: StageOptions, _step: Step) =>
    createShotSampler({ shots: Array.from({ length: 200 }, (_, i) => shot(i, i + 1, i)), ...options }),
});

test('the frame in the middle of each shot stands for it, with its time', async () => {
  const shots = [shot(0, 4, 0.5), shot(4, 5, 7), shot(5, 10, 9)];
  const frames = makeFrames(10);
  const sampled = await collect(through(frames, createShotSampler({ shots })));
  expect(sampled.map(({ index, timestamp, durationSeconds }) => [index, timestamp, durationSeconds])).toEqual(
    [
      [2, 0.5, 5],
      [4, 7, 5],
      [7, 9, 5],
    ],
  );
  expect(sampled[0]?.data).toBe(frames[2]?.data);
});

test('without shots none is kept, and other taps pass', async () => {
  const frames = makeFrames(2);
  expect(await collect(through(frames, createShotSampler({ shots: [] })))).toEqual([]);
  expect(await collect(through(frames, createShotSampler({ shots: [], tap: 'other' })))).toEqual(frames);
});
