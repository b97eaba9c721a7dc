import { PassThrough } from 'node:stream';
import { collect, type VideoFrame } from '@deepffmpeg/core';
import { expect, test } from 'vitest';
import { feedFrames, TICKS_PER_SECOND } from '../src/feed-frames.js';
import { FramePuller } from '../src/frame-puller.js';
import { demuxNut } from '../src/nut/demux-nut.js';
import { makeVideo } from './make-video.js';

/** When each frame that is written is shown, in ticks. */
async function ticksOf([first, ...rest]: readonly VideoFrame[], originSeconds: number): Promise<number[]> {
  const pipe = new PassThrough();
  const [frames] = await Promise.all([
    collect(demuxNut(pipe, 1 << 20)),
    feedFrames(new FramePuller(rest), first!, pipe, originSeconds, new AbortController().signal), // there is one
  ]);
  return frames.map(({ pts }) => pts);
}

test('counts times from the origin, to the nearest tick', async () => {
  const frames = makeVideo([10, 10.04, 10.080_006]);
  expect(await ticksOf(frames, 10)).toEqual([0, 3600, 7201]);
  expect(await ticksOf(frames, 9)).toEqual([0, 3600, 7201].map((ticks) => ticks + TICKS_PER_SECOND));
});

test('keeps times within one tick apart, and those after them where they are', async () => {
  const tick = 1 / TICKS_PER_SECOND;
  const frames = makeVideo([0, 0.1 * tick, 0.2 * tick, 0.3 * tick, 10 * tick], { lastSeconds: 10 * tick });
  expect(await ticksOf(frames, 0)).toEqual([0, 1, 2, 3, 10]);
});

test('names a chunk that is no frame, as a decode with sound gives', async () => {
  const sound = { type: 'audio-samples', source: 'made', timestamp: 0, data: new Float32Array(8) };
  // As plain JavaScript may.
  await expect(ticksOf([...makeVideo([0]), sound as unknown as VideoFrame], 0)).rejects.toMatchObject({
    code: 'ERR_MISMATCH',
    message: 'a chunk of type audio-samples came where video frames were expected: leave the other kinds out',
  });
});
