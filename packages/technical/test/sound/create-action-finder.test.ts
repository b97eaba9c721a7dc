import { collect, type Measurement, type StageOptions, through } from '@deepffmpeg/core';
import { type Step, testStageContract } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import { type ActionFinderOptions, createActionFinder } from '../../src/index.js';

const measured = (filter: string, timestamp: number, values: Measurement['values']): Measurement => ({
  ...{ type: 'measurement', source: 'made', filter, timestamp, durationSeconds: 0.5, values },
});
const silence = (begin: number, end: number) => [
  measured('silencedetect', begin + 0.5, { isSilent: 1, silenceStartSeconds: begin }),
  measured('silencedetect', end, { isSilent: 0, silenceEndSeconds: end }),
];
const level = (timestamp: number, peakDb: number) =>
  measured('astats', timestamp, { channel1PeakDb: peakDb });
/** Of sound that lasts as long as the input says, unless it is `heard` less. */
const find = async (
  chunks: readonly Measurement[],
  options: ActionFinderOptions = { durationSeconds: 20 },
  heardSeconds = options.durationSeconds ?? 20,
) => {
  const end = level((options.startSeconds ?? 0) + heardSeconds - 0.5, -60);
  return (await collect(through([...chunks, end], createActionFinder(options)))).map((chunk) => {
    if (chunk.type !== 'action-moment') throw new Error('it passed');
    return [chunk.kind, chunk.timestamp, chunk.durationSeconds, chunk.intensity];
  });
};

testStageContract('createActionFinder', {
  holds: Number.POSITIVE_INFINITY,
  steps: [],
  chunks: (count) => Array.from({ length: count }, (_, i) => level(i / 2, -6)),
  create: (options: StageOptions, _step: Step) => createActionFinder({ ...options, durationSeconds: 20 }),
});

test('sound around silences is a moment, if it lasts for more than half a second', async () => {
  expect(await find([...silence(2, 3), ...silence(5, 8), ...silence(8.4, 9), ...silence(19, 19.6)])).toEqual([
    ['initial_audio', 0, 2, 0.7],
    ['sound_section', 3, 2, 0.4],
    ['sound_section', 9, 10, 1],
  ]);
  expect(await find(silence(0.4, 12))).toEqual([['final_audio', 12, 8, 0.7]]);
});

test('a loud second is one, where a probe hears it and no other is near', async () => {
  // Ten probes, each 2 s: at 4, and at 6, which is too near to the section's middle.
  const loud = [level(4.2, -5), level(5.2, -1), level(6.2, -5), level(10, -10)];
  expect(await find([...loud, ...silence(5, 6), ...silence(7.8, 20)])).toEqual([
    ['initial_audio', 0, 5, 0.7],
    ['volume_peak', 4, 1, expect.closeTo(25 / 30, 9)],
    ['sound_section', 6, expect.closeTo(1.8, 9), expect.closeTo(0.36, 9)],
  ]);
  expect(await find([level(1, -5)], { durationSeconds: 4 })).toEqual([]);
});

test('seconds and sections that are as near or short as the limits are none, whatever rounding makes of them', async () => {
  for (let first = 0; first < 50; first++) {
    const startSeconds = first / 10;
    const loud = Array.from({ length: 20 }, (_, i) => level(startSeconds + i / 2, -5));
    const peaks = await find(loud, { durationSeconds: 10, startSeconds });
    expect(peaks).toHaveLength(5); // of ten that touch each other
    const halves = [1, 2.5].flatMap((begin) => silence(startSeconds + begin, startSeconds + begin + 1));
    const sections = await find(halves, { durationSeconds: 4, startSeconds });
    expect(sections.map(([kind]) => kind)).toEqual(['initial_audio']);
    const untold = { durationSeconds: undefined, startSeconds };
    expect(await find([level(startSeconds, -5)], untold, 5)).toHaveLength(1); // of five seconds: listened to
  }
});

test('times are those of the input, wherever it begins', async () => {
  const options = { durationSeconds: 20, startSeconds: 100 };
  expect(await find([...silence(102, 103), level(104.1, -5)], options)).toEqual([
    ['initial_audio', 100, 2, 0.7],
    ['volume_peak', 104, 1, expect.closeTo(25 / 30, 9)],
    ['final_audio', 103, 17, 0.7],
  ]);
});

test('the last sound ends where the input broke off', async () => {
  expect(await find(silence(0.4, 2), { durationSeconds: 20 }, 6)).toEqual([['final_audio', 2, 4, 0.7]]);
  expect(await find(silence(0.4, 2), { durationSeconds: 20 }, 19.5)).toEqual([['final_audio', 2, 18, 0.7]]);
});

test('refuses a length that is none', () => {
  expect(() => createActionFinder({ durationSeconds: -1 })).toThrow(/durationSeconds/);
});

test('an input that tells no duration has the same moments', async () => {
  const chunks = [level(4.2, -5), level(10.2, -1), ...silence(12, 14), ...silence(15, 16)];
  const told = await find(chunks);
  expect(told.map(([kind]) => kind)).toEqual([
    'volume_peak',
    'initial_audio',
    'volume_peak',
    'sound_section',
    'final_audio',
  ]);
  expect(await find(chunks, { durationSeconds: undefined })).toEqual(told);
});
