import { collect } from '@deepffmpeg/core';
import { expect, test } from 'vitest';
import { AudioSide } from '../src/audio-side.js';
import type { TimedAudioStream } from '../src/media-info.js';
import { writeNut } from './nut/write-nut.js';

const RATE = 1000;
// Only the fields that are read.
const stream = { type: 'audio', index: 0, timeBase: { numerator: 1, denominator: 1000 } } as TimedAudioStream;

/** Reads blocks of 100 samples (0.1 s), each at its time in milliseconds; the value of a sample is its block's number. */
async function read(times: readonly number[], shiftSeconds = 0) {
  const frames = times.map((pts, i) => ({
    id: 0,
    pts,
    data: new Uint8Array(new Float32Array(100).fill(i).buffer),
  }));
  const side = new AudioSide([{ tap: 'audio', sampleRate: RATE }], 'film', { stream, shiftSeconds });
  async function* output() {
    yield writeNut({ timeBase: [1, RATE], streams: 1, frames });
  }
  const items = await collect(side.read(output()));
  return { side, chunks: items.map(({ chunk }) => chunk!) }; // every item has one
}
const timesOf = ({ chunks }: Awaited<ReturnType<typeof read>>) => chunks.map(({ timestamp }) => timestamp);

test('makes samples of what ffmpeg writes', async () => {
  const { chunks, side } = await read([500, 600]);
  expect(chunks[1]).toEqual({
    ...{ type: 'audio-samples', source: 'film', tap: 'audio', timestamp: 0.6, durationSeconds: 0.1 },
    ...{ sampleRate: RATE, data: new Float32Array(100).fill(1) },
  });
  expect(side.lastSeconds).toBeCloseTo(0.7, 12);
});

test('takes wavering times for no gap, and lets no error of theirs add up', async () => {
  const wavering = Array.from({ length: 50 }, (_, i) => 100 * i + [0, 10, -10, 3][i % 4]!); // as Vorbis does
  expect(timesOf(await read(wavering))).toEqual(wavering.map((_, i) => i / 10));
});

test.each([
  { title: 'a gap', at: 160, times: [0, 0.16, 0.26] },
  { title: 'time that runs back', at: 40, times: [0, 0.04, 0.14] },
])('follows $title', async ({ at, times }) => {
  expect(timesOf(await read([0, at, at + 100]))).toEqual(times.map((time) => expect.closeTo(time, 12)));
});

test('follows a small gap, of a lost packet, once it is sure', async () => {
  const times = timesOf(await read([0, 100, 221, 321, 421, 521, 621, 721]));
  expect(times.slice(0, 3)).toEqual([0, 0.1, 0.2]);
  expect(times.slice(-3)).toEqual([0.521, 0.621, 0.721].map((time) => expect.closeTo(time, 9)));
});

test('follows a clock that drifts, in small steps', async () => {
  const drifting = Array.from({ length: 100 }, (_, i) => Math.round(101 * i)); // 1 % slow
  const times = timesOf(await read(drifting));
  times.forEach((time, i) => {
    expect(Math.abs(time - drifting[i]! / 1000)).toBeLessThan(0.0075); // four blocks, and rounding
  });
});

test('takes back what the times were moved by', async () => {
  expect(timesOf(await read([9500, 9600], 10))).toEqual([expect.closeTo(-0.5, 12), expect.closeTo(-0.4, 12)]);
});

test.each([
  { title: 'a stream that was not asked for', data: new Uint8Array(4), id: 1 },
  { title: 'half a sample', data: new Uint8Array(6), id: 0 },
])('refuses $title', async ({ data, id }) => {
  const side = new AudioSide([{ tap: 'audio', sampleRate: RATE }], 'film', { stream, shiftSeconds: 0 });
  async function* output() {
    yield writeNut({ timeBase: [1, RATE], streams: 2, frames: [{ id, pts: 0, data }] });
  }
  await expect(collect(side.read(output()))).rejects.toMatchObject({ code: 'ERR_FFMPEG_EXIT' });
});
