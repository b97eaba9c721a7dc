import { collect, type Measurement } from '@deepffmpeg/core';
import { expect, test } from 'vitest';
import { type MeasuringFilterName, parsePlan } from '../src/decode-plan.js';
import { measurementLooks } from '../src/measurement-looks.js';
import { MeasurementSide } from '../src/measurement-side.js';
import type { TimedAudioStream, TimedVideoStream } from '../src/media-info.js';

// Only the fields that are read.
const video = {
  ...{ type: 'video', index: 0, width: 640, height: 360, rotationDegrees: 0 },
  ...{ timeBase: { numerator: 1, denominator: 100 }, averageFrameRate: { numerator: 25, denominator: 1 } },
} as TimedVideoStream;
const audio = {
  ...{ type: 'audio', index: 1, sampleRate: 1000, channels: 2, startSeconds: 7.25 },
  timeBase: { numerator: 1, denominator: 90_000 },
} as TimedAudioStream;

function sideOf(filter: MeasuringFilterName) {
  const [look] = measurementLooks(parsePlan({ measurements: { filter } }).measurements, video, audio);
  return new MeasurementSide(look!, 'film'); // one filter has one look
}

async function measure(
  filter: MeasuringFilterName,
  frames: readonly [pts: number, ...lines: string[]][],
  restartAt = -1,
) {
  const side = sideOf(filter);
  const text = frames.map(([pts, ...lines], i) => {
    const number = restartAt >= 0 && i >= restartAt ? i - restartAt : i;
    return [
      `frame:${number}    pts:${pts}      pts_time:0`,
      ...lines.map((line) => `lavfi.${line}`),
      '',
    ].join('\n');
  });
  async function* output() {
    yield Buffer.from(text.join(''));
  }
  const items = await collect(side.read(output()));
  return { side, chunks: items.map(({ chunk }) => chunk!), last: side.finish(99) }; // every item has one
}
const allOf = ({ chunks, last }: { chunks: readonly Measurement[]; last: readonly Measurement[] }) => [
  ...chunks,
  ...last,
];
const valuesOf = (result: Awaited<ReturnType<typeof measure>>, name: string) =>
  allOf(result).map(({ values }) => values[name]);

test('makes a measurement of each frame, which lasts until the next, the last until the end', async () => {
  const scores = [0, 39.0625, 3.90625, 99].map((score) => `scd.score=${score}`);
  const result = await measure('scdet', [
    [-20, scores[0]!, 'scd.mafd=0'],
    [0, scores[1]!, 'scd.mafd=100'],
    [3, scores[2]!, 'scd.mafd=10'],
    [1200, scores[3]!, 'scd.mafd=nan'],
  ]);
  expect(allOf(result)).toEqual(
    [
      { timestamp: -0.2, durationSeconds: 0.2, values: { sceneScore: 0, changeMeanLevels: 0 } },
      { timestamp: 0, durationSeconds: 0.03, values: { sceneScore: 1, changeMeanLevels: 256 } },
      { timestamp: 0.03, durationSeconds: 11.97, values: { sceneScore: 0.1, changeMeanLevels: 25.6 } },
      { timestamp: 12, durationSeconds: 87, values: { sceneScore: 1 } },
    ].map((expected) => ({ type: 'measurement', source: 'film', filter: 'scdet', ...expected })),
  );
  expect(result.side.finish(99)).toEqual([]);
});

test.each([
  { filter: 'blackdetect', name: 'isBlack', first: 0, on: ['black_start=1'], off: ['black_end=1'] },
  {
    filter: 'freezedetect',
    name: 'isRepeated',
    first: undefined, // there is nothing that it could repeat
    on: ['freezedetect.freeze_start=0', 'freezedetect.freeze_duration=1'],
    off: ['freezedetect.freeze_start=0', 'freezedetect.freeze_end=1'],
  },
  { filter: 'silencedetect', name: 'isSilent', first: 0, on: ['silence_start=1'], off: ['silence_end=1'] },
] as const)(
  '$filter tells its state for every frame, and anew where ffmpeg began anew',
  async ({ filter, name, first, on, off }) => {
    const frames: [number, ...string[]][] = [[0], [1, ...on], [2], [3, ...off], [4], [5, ...on], [6], [7]];
    expect(valuesOf(await measure(filter, frames), name)).toEqual([first, 1, 1, 0, 0, 1, 1, 1]);
    expect(valuesOf(await measure(filter, frames, 6), name)).toEqual([first, 1, 1, 0, 0, 1, first, 0]);
  },
);

test('cropdetect tells the edges as shares of the picture, and nothing for a black one', async () => {
  const edges = (x1: number, x2: number, y1: number, y2: number) =>
    [`x1=${x1}`, `x2=${x2}`, `y1=${y1}`, `y2=${y2}`].map((edge) => `cropdetect.${edge}`);
  const result = await measure('cropdetect', [
    [0, ...edges(0, 319, 18, 161)],
    [1, ...edges(319, 0, 179, 0)],
  ]);
  expect(allOf(result).map(({ values }) => values)).toEqual([
    { leftShare: 0, rightShare: 0, topShare: 0.1, bottomShare: 0.1 },
    {},
  ]);
});

test.each([
  { order: 'tff', values: { isInterlaced: 1, isTopFieldFirst: 1 } },
  { order: 'bff', values: { isInterlaced: 1, isTopFieldFirst: 0 } },
  { order: 'progressive', values: { isInterlaced: 0 } },
  { order: 'undetermined', values: {} },
])('idet tells the order of fields: $order', async ({ order, values }) => {
  const result = await measure('idet', [[0, `idet.multiple.current_frame=${order}`]]);
  expect(result.last[0]?.values).toEqual(values);
});

test('astats tells each channel, silence as -Infinity, and how long the block is', async () => {
  const channel = (n: number, level: string) =>
    [`Peak_level=${level}`, `RMS_level=${level}`, 'DC_offset=0.5', 'Flat_factor=nan'].map(
      (value) => `astats.${n}.${value}`,
    );
  const samples = 'astats.Overall.Number_of_samples=20.000000';
  const result = await measure('astats', [[500, ...channel(1, '-6.02'), ...channel(2, '-inf'), samples]]);
  expect(result.last).toEqual([
    expect.objectContaining({
      timestamp: 7.5, // its times were moved by the whole seconds of the start
      durationSeconds: 0.02,
      values: {
        ...{ samples: 20, channel1PeakDb: -6.02, channel1RmsDb: -6.02, channel1DcOffset: 0.5 },
        ...{
          channel2PeakDb: Number.NEGATIVE_INFINITY,
          channel2RmsDb: Number.NEGATIVE_INFINITY,
          channel2DcOffset: 0.5,
        },
      },
    }),
  ]);
});

test('the times that silencedetect prints are moved back too', async () => {
  const result = await measure('silencedetect', [
    [0],
    [500, 'silence_start=0.125'],
    [900, 'silence_end=0.875'],
  ]);
  expect(valuesOf(result, 'silenceStartSeconds')).toEqual([undefined, 7.125, undefined]);
  expect(valuesOf(result, 'silenceEndSeconds')).toEqual([undefined, undefined, 7.875]);
});

test('ebur128 tells the peak in decibels', async () => {
  const result = await measure('ebur128', [[0, 'r128.M=-23.1', 'r128.true_peak=0.5']]);
  expect(result.last[0]?.values).toEqual({ momentaryLufs: -23.1, truePeakDb: expect.closeTo(-6.0206, 4) });
});

test('ebur128 tells digital silence after sound as silence, also where ffmpeg prints nan', async () => {
  const result = await measure('ebur128', [[0, 'r128.M=nan', 'r128.S=-nan', 'r128.I=nan']]);
  expect(result.last[0]?.values).toEqual({
    momentaryLufs: Number.NEGATIVE_INFINITY,
    shortTermLufs: Number.NEGATIVE_INFINITY,
  });
});

test('times that run back are told, and none of them makes a negative duration', async () => {
  const result = await measure('scdet', [[100], [200], [50], [60]]);
  expect(result.side.largestStepBack).toBeCloseTo(1.5, 9);
  expect(allOf(result).map(({ durationSeconds }) => durationSeconds)).toEqual([
    1,
    0,
    expect.closeTo(0.1, 9),
    98.4,
  ]);
});

test('a look at a stream that is not there is left out, and so is the phase of other than two channels', () => {
  const looks = (filter: MeasuringFilterName, channels = 2) =>
    measurementLooks(parsePlan({ measurements: { filter } }).measurements, undefined, { ...audio, channels });
  expect(looks('scdet')).toEqual([]);
  expect(looks('aphasemeter')).toHaveLength(1);
  expect(looks('aphasemeter', 1)).toEqual([]);
  expect(looks('astats', 6)).toHaveLength(1);
});
