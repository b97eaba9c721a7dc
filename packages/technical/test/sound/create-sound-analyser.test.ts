import { collect, type Measurement, type StageOptions, through } from '@deepffmpeg/core';
import { type Step, testStageContract } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import { createSoundAnalyser } from '../../src/index.js';

const measured = (
  filter: string,
  index: number,
  values: Measurement['values'],
  source = 'made',
): Measurement => ({
  ...{ type: 'measurement', source, filter, timestamp: index / 50, durationSeconds: 0.02, values },
});
const level = (index: number, peakDb: number, source?: string) =>
  measured('astats', index, { samples: 960, channel1PeakDb: peakDb, channel1RmsDb: peakDb - 3 }, source);
const analyse = (chunks: readonly Measurement[]) => collect(through(chunks, createSoundAnalyser()));

testStageContract('createSoundAnalyser', {
  holds: Number.POSITIVE_INFINITY,
  steps: [],
  chunks: (count) => Array.from({ length: count }, (_, i) => level(i, -6)),
  create: (options: StageOptions, _step: Step) => createSoundAnalyser(options),
});

test('sums up each input for itself, and takes no measurement of pictures', async () => {
  const picture = measured('scdet', 0, { sceneScore: 0 });
  const outputs = await analyse([level(0, -6, 'a'), picture, level(0, -20, 'b'), level(1, -10, 'a')]);
  expect(outputs).toEqual([
    picture,
    expect.objectContaining({ source: 'a', maxVolumeDb: -6, durationSeconds: 0.04 }),
    expect.objectContaining({ source: 'b', maxVolumeDb: -20, durationSeconds: 0.02 }),
  ]);
});

test('tells when sound begins, as it may behind the pictures', async () => {
  expect(await analyse([level(200, -6), level(201, -6)])).toMatchObject([
    { startSeconds: 4, durationSeconds: expect.closeTo(0.04, 9) },
  ]);
});

test('a silence that was cut off where ffmpeg began anew ends there', async () => {
  const silent = (index: number, isSilent: number, more = {}) =>
    measured('silencedetect', index, { isSilent, ...more });
  const outputs = await analyse([
    silent(0, 0),
    silent(50, 1, { silenceStartSeconds: 0.5 }),
    silent(51, 1),
    silent(52, 0),
    silent(60, 0),
    silent(100, 1, { silenceStartSeconds: 1.5 }),
    silent(110, 0, { silenceEndSeconds: 2.205 }),
  ]);
  expect(
    outputs.map((event) =>
      event.type === 'technical-event' ? [event.timestamp, event.durationSeconds] : [],
    ),
  ).toEqual([[0.5, expect.closeTo(0.54, 9)], [1.5, expect.closeTo(0.705, 9)], []]);
});

test('the true peak of a faint sound, which ffmpeg rounds to nothing, is at least that of its samples', async () => {
  const loudness = (truePeakDb: number) => measured('ebur128', 1, { truePeakDb });
  const truePeakOf = async (peakDb: number, told: number) =>
    (await analyse([level(0, peakDb), loudness(told)])).at(-1);
  expect(await truePeakOf(-70.5, Number.NEGATIVE_INFINITY)).toMatchObject({ truePeakDb: -70.5 });
  expect(await truePeakOf(-6, -5.5)).toMatchObject({ truePeakDb: -5.5 });
});

test('has no range where too little was loud enough to span one, and else that of ffmpeg', async () => {
  const loudness = (shortTerms: readonly number[]) =>
    shortTerms.map((shortTermLufs, index) =>
      measured('ebur128', index, { shortTermLufs, integratedLufs: -20, rangeLu: 20 }),
    );
  const rangeOf = async (shortTerms: readonly number[]) =>
    (await analyse(loudness(shortTerms))).map((summary) => 'rangeLu' in summary && summary.rangeLu);
  expect(await rangeOf([-20, -20, -20, -20])).toEqual([undefined]);
  expect(await rangeOf([-20, -20, -20, -20, -71, -80])).toEqual([undefined]);
  expect(await rangeOf([-20, -20, -20, -71, -20, -40])).toEqual([20]);
});

test('clipping with short breaks is one event, over full scale too', async () => {
  const clipped = [0, 10, 20, 80].map((index) => level(index, 1));
  const between = Array.from({ length: 100 }, (_, i) => level(i, -6)).filter((_, i) => i % 10 !== 0);
  const chunks = [...clipped, ...between].toSorted((a, b) => a.timestamp - b.timestamp);
  const outputs = await analyse(chunks);
  expect(outputs.slice(0, 2)).toMatchObject([
    {
      kind: 'clipping',
      timestamp: 0,
      durationSeconds: expect.closeTo(0.42, 9),
      values: { peakDb: expect.closeTo(1, 9) },
    },
    { kind: 'clipping', timestamp: 1.6 },
  ]);
  expect(outputs[2]).toMatchObject({ type: 'sound-summary', clippedSeconds: expect.closeTo(0.08, 9) });
});

test('each dead channel has its own event, also where one dies as another comes alive', async () => {
  const block = (index: number, peaks: readonly number[]) =>
    measured('astats', index, {
      samples: 960,
      ...Object.fromEntries(peaks.map((peakDb, i) => [`channel${i + 1}PeakDb`, peakDb])),
    });
  const eventsOf = async (peaksAt: (seconds: number) => readonly number[]) => {
    const outputs = await analyse(Array.from({ length: 400 }, (_, i) => block(i, peaksAt(i / 50))));
    const events = outputs.flatMap((output) => (output.type === 'technical-event' ? [output] : []));
    return events
      .map(({ timestamp, durationSeconds, values }) => [values['channel'], timestamp, durationSeconds])
      .toSorted();
  };
  expect(await eventsOf((seconds) => (seconds < 4 ? [-90, -6] : [-6, -90]))).toEqual([
    [1, 0, expect.closeTo(4, 9)],
    [2, 4, expect.closeTo(4, 9)],
  ]);
  expect(await eventsOf(() => [-90, -6, -90])).toEqual([
    [1, 0, expect.closeTo(8, 9)],
    [3, 0, expect.closeTo(8, 9)],
  ]);
  // A channel that is no more is not dead.
  expect(await eventsOf((seconds) => (seconds < 4 ? [-6, -90] : [-6]))).toEqual([
    [2, 0, expect.closeTo(4, 9)],
  ]);
});

test('levels that nobody measured are not those of silence', async () => {
  const unmeasured = { meanVolumeDb: undefined, maxVolumeDb: undefined, channels: [] };
  expect(await analyse([measured('ebur128', 0, { integratedLufs: -20, truePeakDb: -3 })])).toMatchObject([
    { ...unmeasured, integratedLufs: -20, truePeakDb: -3 },
  ]);
  expect(await analyse([measured('silencedetect', 0, { isSilent: 0 })])).toMatchObject([unmeasured]);
  expect(await analyse([level(0, Number.NEGATIVE_INFINITY)])).toMatchObject([
    { meanVolumeDb: Number.NEGATIVE_INFINITY, maxVolumeDb: Number.NEGATIVE_INFINITY },
  ]);
});
