import { type Chunk, collect, type Shot, through, type VideoFrame } from '@deepffmpeg/core';
import { createShotDetector } from '@deepffmpeg/technical';
import { testStageContract } from '@deepffmpeg/test-kit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createShotPicker } from '../../src/index.js';
import { frameAt, shotsOf } from './make-media.js';

/** A shot is known so many frames after its end. */
const MOST_LATE = 112;

const framesOf = (seconds: number) =>
  Array.from({ length: Math.round(seconds * 6) }, (_, i) => frameAt(i / 6, i));

/** Each shot comes so many seconds after its end. */
function inOrder(frames: readonly VideoFrame[], shots: readonly Shot[], lateSeconds: number): Chunk[] {
  const timed = [
    ...frames.map((frame) => ({ at: frame.timestamp, chunk: frame as Chunk })),
    ...shots.map((shot) => ({
      at: shot.timestamp + shot.durationSeconds + lateSeconds,
      chunk: shot as Chunk,
    })),
  ];
  return timed.toSorted((a, b) => a.at - b.at).map(({ chunk }) => chunk);
}
const pick = (chunks: readonly Chunk[]) =>
  collect(through(chunks as (VideoFrame | Shot)[], createShotPicker({ tap: 'thumbnails' })));

testStageContract('createShotPicker', {
  holds: Number.POSITIVE_INFINITY, // until a shot is known
  steps: [],
  chunks: (count) => framesOf(count / 6),
  create: (options) => createShotPicker({ tap: 'thumbnails', ...options }),
});

test('gives the frame in the middle with the time of the shot, then the shot', async () => {
  const shots = shotsOf([2, 3]);
  const outputs = await pick(inOrder(framesOf(5), shots, 4));
  expect(outputs).toEqual([
    expect.objectContaining({ type: 'video-frame', index: 6, timestamp: 0, durationSeconds: 2 }),
    shots[0],
    expect.objectContaining({ type: 'video-frame', index: 21, timestamp: 2, durationSeconds: 3 }),
    shots[1],
  ]);
});

test('a shot without a frame comes alone, and frames of other taps pass', async () => {
  const other = frameAt(0.1, 0, { tap: 'other' });
  const shots = shotsOf([0.1, 0.05, 1]);
  const frames = [frameAt(0, 0), frameAt(0.2, 1)];
  const outputs = await pick([other, ...frames, ...shots]);
  expect(
    outputs.map((chunk) => (chunk.type === 'video-frame' ? [chunk.tap, chunk.index] : chunk.index)),
  ).toEqual([['other', 0], ['thumbnails', 0], 0, 1, ['thumbnails', 1], 2]);
});

test('is near the middle of long and short shots alike, that come early or late', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.oneof(fc.double({ min: 0.4, max: 3, noNaN: true }), fc.double({ min: 10, max: 300, noNaN: true })),
        {
          minLength: 1,
          maxLength: 8,
        },
      ),
      fc.oneof(fc.double({ min: 0, max: MOST_LATE / 6, noNaN: true }), fc.constant(-1000)),
      async (lengths, late) => {
        const shots = shotsOf(lengths);
        const total = lengths.reduce((a, b) => a + b, 0);
        const frames = framesOf(total);
        const picked = (await pick(inOrder(frames, shots, late))).filter(
          (chunk): chunk is VideoFrame => chunk.type === 'video-frame',
        );
        expect(picked).toHaveLength(shots.length);
        for (const [i, { timestamp, durationSeconds }] of shots.entries()) {
          const at = frames[picked[i]?.index ?? -1]?.timestamp ?? Number.NaN;
          const middle = timestamp + durationSeconds / 2;
          expect(at).toBeGreaterThanOrEqual(timestamp - 1e-6);
          expect(at).toBeLessThan(timestamp + durationSeconds);
          expect(Math.abs(at - middle)).toBeLessThanOrEqual(Math.max(1 / 6, durationSeconds / 8));
        }
      },
    ),
    { numRuns: 60 },
  );
});

/** A picture of noise, the same for the same seed. */
function noise(seed: number): Uint8Array {
  let state = seed + 1;
  return Uint8Array.from({ length: 16 * 8 * 3 }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
}

test('of a film with few frames a second each shot that is found has its frame', async () => {
  const lengths = Array.from({ length: 30 }, (_, i) => 8 + (i % 5));
  const frames = lengths
    .flatMap((length, seed) => Array.from({ length }, () => noise(seed)))
    .flatMap((data, i) =>
      ['shots', 'thumbnails'].map((tap) => frameAt(i / 5, i, { tap, durationSeconds: 1 / 5, data })),
    );
  const outputs = await collect(
    through(frames, createShotDetector(), createShotPicker({ tap: 'thumbnails' })),
  );
  const [picked, shots] = [
    outputs.filter((chunk) => chunk.type === 'video-frame'),
    outputs.filter((chunk) => chunk.type === 'shot'),
  ];
  expect(shots).toHaveLength(lengths.length);
  expect(picked.map(({ timestamp }) => timestamp)).toEqual(shots.map(({ timestamp }) => timestamp));
});
