import { collect } from '@deepffmpeg/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keyframeShots } from '../../src/index.js';

const packet = (timestamp: number, isKeyframe = false, isDiscarded = false) => ({
  timestamp,
  durationSeconds: 0.5,
  isKeyframe,
  isDiscarded,
});
const shots = (...packets: ReturnType<typeof packet>[]) => collect(keyframeShots(packets, 'film'));

test('begins a shot with each keyframe that is a second behind the last one that did', async () => {
  const found = await shots(
    packet(0, true),
    packet(0.5, true),
    packet(1, true),
    packet(1.5),
    packet(2.5, true),
  );
  expect(found).toEqual(
    [
      { index: 0, timestamp: 0, durationSeconds: 1, startFrame: 0, endFrame: 2, kind: 'start', score: 0 },
      {
        index: 1,
        timestamp: 1,
        durationSeconds: 1.5,
        startFrame: 2,
        endFrame: 4,
        kind: 'keyframe',
        score: 1,
      },
      {
        index: 2,
        timestamp: 2.5,
        durationSeconds: 0.5,
        startFrame: 4,
        endFrame: 5,
        kind: 'keyframe',
        score: 1,
      },
    ].map((shot) => ({ type: 'shot', source: 'film', ...shot })),
  );
});

test('counts frames as they are shown, not as they are stored', async () => {
  // The keyframe of an open group lies before two pictures that are shown before it.
  const found = await shots(packet(0, true), packet(2.5, true), packet(1.5), packet(2), packet(3));
  expect(found.map(({ startFrame, endFrame }) => [startFrame, endFrame])).toEqual([
    [0, 3],
    [3, 5],
  ]);
});

test('neither shows nor counts what comes before the first keyframe; without one there is no shot', async () => {
  expect(await shots(packet(0), packet(0.5), packet(1, true))).toMatchObject([
    { timestamp: 1, startFrame: 0, endFrame: 1 },
  ]);
  expect(await shots(packet(0), packet(1))).toEqual([]);
  expect(await shots()).toEqual([]);
});

test('a second is a second, however it is rounded', async () => {
  expect(await shots(packet(0.003, true), packet(1.003, true))).toHaveLength(2);
});

test('begins with the first frame that is shown where an edit hides the keyframe before it', async () => {
  const hidden = [packet(-1, true, true), packet(-0.5, false, true)];
  expect(await shots(...hidden, packet(0), packet(0.5), packet(1.5, true))).toMatchObject([
    { timestamp: 0, startFrame: 0, endFrame: 2, kind: 'start' },
    { timestamp: 1.5, startFrame: 2, endFrame: 3, kind: 'keyframe' },
  ]);
});

test('shots follow one another and are a second long, but for the last', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 200 }), async (keys) => {
      const found = await shots(...keys.map((isKeyframe, i) => packet(i * 0.3, isKeyframe)));
      for (const [i, shot] of found.slice(0, -1).entries()) {
        expect(shot.durationSeconds).toBeGreaterThanOrEqual(1);
        expect(found[i + 1]?.startFrame).toBe(shot.endFrame);
      }
      if (found.length > 0) expect(found.at(-1)?.endFrame).toBe(keys.length - keys.indexOf(true));
    }),
  );
});
