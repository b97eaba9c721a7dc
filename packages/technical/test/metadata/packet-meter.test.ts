import { collect } from '@deepffmpeg/core';
import type { PacketInfo, Rational } from '@deepffmpeg/ffmpeg-filters';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PacketMeter } from '../../src/metadata/packet-meter.js';

const MS = { numerator: 1, denominator: 1000 };

async function summarize(
  packets: readonly PacketInfo[],
  timeBase: Rational,
  onKeyframe?: (timestamp: number) => void,
) {
  const meter = new PacketMeter(timeBase, onKeyframe);
  expect(await collect(meter.watch(packets))).toEqual(packets);
  return meter.finish();
}

function packetsAt(times: readonly number[], keyframes: readonly number[] = [0]): PacketInfo[] {
  return times.map((timestamp, i) => ({
    timestamp,
    durationSeconds: 0.04,
    isKeyframe: keyframes.includes(i),
    isDiscarded: false,
  }));
}

const at25 = Array.from({ length: 100 }, (_, i) => i / 25);

test('counts packets, keyframes and groups', async () => {
  const keyframes: number[] = [];
  const packets = packetsAt(at25, [0, 10, 40, 90]);
  const summary = await summarize(packets, MS, (timestamp) => keyframes.push(timestamp));
  expect(summary).toEqual({
    packetCount: 100,
    frameCount: 100,
    startSeconds: 0,
    endSeconds: 4,
    frameRateMode: 'constant',
    keyframeCount: 4,
    gop: { shortest: 10, mean: 30, longest: 50 },
  });
  expect(keyframes).toEqual([0, 0.4, 1.6, 3.6]);
});

test('packets that are not shown count as packets only', async () => {
  const packets = packetsAt([-0.08, -0.04, 0, 0.04, 0.08]).map((packet) => ({
    ...packet,
    isDiscarded: packet.timestamp < 0,
  }));
  const keyframes: number[] = [];
  expect(await summarize(packets, MS, (time) => keyframes.push(time))).toMatchObject({
    packetCount: 5,
    frameCount: 3,
    startSeconds: 0,
    gop: { shortest: 5, mean: 5, longest: 5 },
  });
  expect(keyframes).toEqual([]);
});

test('times that a container rounded are constant, as are those in the order of decoding', async () => {
  const film = Array.from({ length: 300 }, (_, i) => (i * 1001) / 24_000);
  const rounded = film.map((time) => Math.round(time * 1000) / 1000);
  expect(await summarize(packetsAt(rounded), MS)).toMatchObject({ frameRateMode: 'constant' });
  const decoded = [
    0,
    ...Array.from({ length: 60 }, (_, i) => [4, 2, 1, 3].map((n) => (i * 4 + n) / 25)).flat(),
  ];
  expect(await summarize(packetsAt(decoded), MS)).toMatchObject({ frameRateMode: 'constant' });
});

test.each([
  ['a frame is missing', at25.toSpliced(50, 1), MS],
  ['a frame is missing where a tick is a frame', at25.toSpliced(50, 1), { numerator: 1, denominator: 25 }],
  ['the rate changes', [...at25, ...at25.map((time) => 4 + time * 1.1)], MS],
  ['a frame comes twice', [...at25, 3.96], MS],
  ['one frame is 2 ms late', at25.with(50, 2.002), MS],
])('the rate is variable when %s', async (_, times, timeBase) => {
  expect(await summarize(packetsAt(times), timeBase)).toMatchObject({ frameRateMode: 'variable' });
});

test('a few frames tell little, and none nothing', async () => {
  expect(await summarize([], MS)).toEqual({
    packetCount: 0,
    frameCount: 0,
    startSeconds: undefined,
    endSeconds: undefined,
    frameRateMode: undefined,
    keyframeCount: 0,
    gop: undefined,
  });
  expect(await summarize(packetsAt([0, 0.04]), MS)).toMatchObject({ frameRateMode: undefined });
  expect(await summarize(packetsAt([5], []), MS)).toMatchObject({
    startSeconds: 5,
    endSeconds: 5.04,
    gop: undefined,
  });
});

test('the order within 32 packets makes no difference', async () => {
  const shuffle = fc.array(fc.integer({ min: 0, max: 31 }), { minLength: 100, maxLength: 100 });
  await fc.assert(
    fc.asyncProperty(shuffle, async (delays) => {
      const order = at25.map((time, i) => [i + (delays[i] ?? 0), time] as const);
      const times = order.toSorted(([a], [b]) => a - b).map(([, time]) => time);
      expect(await summarize(packetsAt(times), MS)).toMatchObject({
        startSeconds: 0,
        endSeconds: 4,
        frameRateMode: 'constant',
      });
    }),
  );
});
