import { type Chunk, collect, type Scores, type Shot, through } from '@deepffmpeg/core';
import { testStageContract } from '@deepffmpeg/test-kit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLabelTimeline, type IntervalChunk, type LabelTimelineOptions } from '../../src/index.js';
import { scoresAt, shotsOf } from './make-media.js';

const timelineOf = async (chunks: readonly (Scores | Shot)[], options?: LabelTimelineOptions) =>
  (await collect(through(chunks, createLabelTimeline(options)))) as IntervalChunk[];

/** Begin, end and probability of the label `dark`. */
const darkIn = (kind: IntervalChunk['interval'], intervals: readonly IntervalChunk[]) =>
  intervals
    .filter(({ interval, group }) => interval === kind && group === 'light')
    .map(({ timestamp, durationSeconds, labels }) => [
      timestamp,
      timestamp + durationSeconds,
      labels.find(({ label }) => label === 'dark')?.probability,
    ]);
const dark = (probability: number) => [probability, 1 - probability, 1, 0, 0];
const sound = { modality: 'audio' } as const;

testStageContract('createLabelTimeline', {
  holds: Number.POSITIVE_INFINITY, // until a shot or window is over
  steps: [],
  chunks: (count) => Array.from({ length: count }, (_, i) => scoresAt(i, 1, dark(0.5))),
  create: (options) => createLabelTimeline(options),
});

test('tells the labels of each group over each shot and window, the highest first', async () => {
  const chunks = [scoresAt(0, 1, [0.25, 0.75, 0.25, 0.5, 0.25]), ...shotsOf([1])];
  const place = { source: 'made', timestamp: 0, durationSeconds: 1, modality: 'vision', model: 'model' };
  const light = {
    ...{ type: 'interval-scores', ...place, labelSet: 'units', group: 'light' },
    labels: [
      { label: 'bright', probability: 0.75 },
      { label: 'dark', probability: 0.25 },
    ],
  };
  const mood = {
    ...{ type: 'interval-scores', ...place, labelSet: 'units', group: 'mood' },
    labels: [
      { label: 'tense', probability: 0.5 },
      { label: 'calm', probability: 0.25 },
      { label: 'sad', probability: 0.25 },
    ],
  };
  expect(await timelineOf(chunks)).toEqual([
    { ...light, interval: 'shot' },
    { ...mood, interval: 'shot' },
    { ...light, interval: 'window' },
    { ...mood, interval: 'window' },
  ]);
});

test('of many labels tells the ten best, to six decimals', async () => {
  const labels = Array.from({ length: 12 }, (_, i) => `label ${i}`);
  const labelSet = { name: 'many', kind: 'labels', groups: [{ name: 'many', labels }] } as const;
  const probabilities = labels.map((_, i) => (i + 1) / 13);
  const [first] = await timelineOf([scoresAt(0, 1, probabilities, { labelSet })]);
  expect(first?.labels.map(({ label }) => label)).toEqual(labels.slice(2).reverse());
  expect(first?.labels[0]).toEqual({ label: 'label 11', probability: 0.923077 });
});

describe('over shots', () => {
  test('a frame counts in the shot in which it begins, until that ends', async () => {
    const chunks = [
      ...[
        scoresAt(0, 1, dark(1)),
        scoresAt(1, 1, dark(0.5)),
        scoresAt(2, 1, dark(0)),
        scoresAt(3, 1, dark(0)),
      ],
      ...shotsOf([1.5, 2.5]),
    ];
    // One second of 1 and half a second of 0.5; the frame at 1 shows nothing of the second shot.
    expect(darkIn('shot', await timelineOf(chunks))).toEqual([
      [0, 1.5, expect.closeTo(1.25 / 1.5, 6)],
      [1.5, 4, 0],
    ]);
  });

  test('a frame at a cut belongs to the shot that begins, however its time is rounded', async () => {
    for (const rounding of [-1e-9, 0, 1e-9]) {
      const chunks = [scoresAt(0, 1, dark(0)), scoresAt(1 + rounding, 1, dark(1)), ...shotsOf([1, 1])];
      expect(darkIn('shot', await timelineOf(chunks)).map(([, , mean]) => mean)).toEqual([0, 1]);
      const late = [...shotsOf([1]), ...chunks.slice(0, 2), ...shotsOf([1, 1]).slice(1)];
      expect(darkIn('shot', await timelineOf(late)).map(([, , mean]) => mean)).toEqual([0, 1]);
    }
  });

  test('a window of sound counts in each shot for the part that lies in it', async () => {
    const chunks = [scoresAt(0, 2, dark(1), sound), scoresAt(2, 2, dark(0), sound), ...shotsOf([1, 2, 1])];
    expect(darkIn('shot', await timelineOf(chunks))).toEqual([
      [0, 1, 1],
      [1, 3, 0.5],
      [3, 4, 0],
    ]);
  });

  test('a shot without a frame is not told of; sound without a shot neither', async () => {
    const chunks = [
      ...[scoresAt(0, 1, dark(1)), scoresAt(1, 1, dark(0)), scoresAt(9, 3, dark(1), sound)],
      ...shotsOf([0.25, 0.5, 0.5]),
    ];
    expect(darkIn('shot', await timelineOf(chunks))).toEqual([
      [0, 0.25, 1],
      [0.75, 1.25, 0],
    ]);
  });

  test('frames without a duration count alike', async () => {
    const chunks = [scoresAt(0, 0, dark(1)), scoresAt(1, 0, dark(0)), ...shotsOf([2])];
    expect(darkIn('shot', await timelineOf(chunks))).toEqual([[0, 2, expect.closeTo(0.5, 6)]]);
  });

  test('each label set, model and input has its own, and scores of parts of pictures pass', async () => {
    const region = { x: 0, y: 0, width: 1, height: 1 };
    const part = scoresAt(0, 1, dark(0), { region });
    const chunks = [
      ...[scoresAt(0, 1, dark(1)), scoresAt(0, 1, dark(0.5), { model: 'other' }), part],
      scoresAt(0, 1, dark(0.25), { source: 'second' }),
      ...[...shotsOf([1]), ...shotsOf([1], 0, 'second')],
    ];
    const outputs = await timelineOf(chunks);
    expect(outputs.filter((chunk: Chunk) => chunk === part)).toHaveLength(1);
    const told = outputs
      .filter(({ interval, group }) => interval === 'shot' && group === 'light')
      .map(({ source, model, labels }) => [source, model, labels[0]?.probability]);
    expect(told.toSorted()).toEqual([
      ['made', 'model', 1],
      ['made', 'other', 0.5],
      ['second', 'model', 0.75],
    ]);
  });

  test('tells of a shot as soon as it is known and its scores have gone by', async () => {
    const stage = createLabelTimeline({ timelineSeconds: 1000 });
    const [first, second] = shotsOf([2, 2]) as [Shot, Shot];
    const told: unknown[] = [];
    stage.on('data', (chunk: IntervalChunk) => told.push(chunk.timestamp));
    const write = async (chunk: Chunk) => {
      stage.write(chunk);
      await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    };
    for (let i = 0; i < 5; i++) await write(scoresAt(i, 1, dark(0)));
    expect(told).toEqual([]);
    await write(first);
    expect(told).toEqual([0, 0]);
    await write(second);
    expect(told).toEqual([0, 0, 2, 2]);
    stage.destroy();
  });
});

describe('over windows', () => {
  test('frames count for as long as they are shown, so that none is empty', async () => {
    const chunks = [scoresAt(0, 15, dark(1)), scoresAt(15, 10, dark(0))];
    expect(darkIn('window', await timelineOf(chunks))).toEqual([
      [0, 10, 1],
      [10, 20, 0.5],
      [20, 25, 0],
    ]);
  });

  test('begin with the input', async () => {
    const chunks = [scoresAt(99, 2, dark(1)), scoresAt(101, 2, dark(0))];
    const intervals = await timelineOf(chunks, { startSeconds: 100, timelineSeconds: 2 });
    expect(darkIn('window', intervals)).toEqual([
      [98, 100, 1],
      [100, 102, 0.5],
      [102, 103, 0],
    ]);
  });

  test('a moment beyond the last is no window of its own', async () => {
    const chunks = [scoresAt(0, 10.05, dark(1)), scoresAt(10.05, 0.02, dark(0))];
    expect(darkIn('window', await timelineOf(chunks))).toEqual([[0, 10, 1]]);
    expect(darkIn('window', await timelineOf([scoresAt(0, 0, dark(1))]))).toEqual([[0, 0, 1]]);
  });
});

test('gives the same in whatever step shots, sight and sound come', async () => {
  const gap = fc.double({ min: 0.02, max: 7, noNaN: true });
  const probability = fc.double({ min: 0, max: 1, noNaN: true });
  const spans = fc.array(fc.tuple(gap, probability), { minLength: 1, maxLength: 30 });
  const inRow = (list: readonly (readonly [number, number])[], more: Partial<Scores>) => {
    let at = 0;
    return list.map(([seconds, value]) => {
      at += seconds;
      return scoresAt(at - seconds, seconds, dark(value), more);
    });
  };
  await fc.assert(
    fc.asyncProperty(
      fc.array(gap, { minLength: 1, maxLength: 20 }),
      spans,
      spans,
      fc.array(fc.nat(2), { maxLength: 100 }),
      async (lengths, seen, heard, turns) => {
        const shots = shotsOf(lengths);
        const scores = [inRow(seen, {}), inRow(heard, sound)];
        const queues: (Scores | Shot)[][] = [[...shots], ...scores.map((list) => [...list])];
        const chunks = [...turns.flatMap((turn) => queues[turn]?.splice(0, 1) ?? []), ...queues.flat()];
        const intervals = await timelineOf(chunks);
        for (const [i, modality] of (['vision', 'audio'] as const).entries()) {
          const told = intervals.filter((interval) => interval.modality === modality);
          const expected = shots.flatMap((shot) => meanIn(shot, scores[i] ?? []));
          expect(darkIn('shot', told)).toEqual(expected);
        }
      },
    ),
    { numRuns: 300 },
  );
});

/** As the documentation has it, with all at hand. */
function meanIn({ timestamp, durationSeconds }: Shot, scores: readonly Scores[]) {
  const end = timestamp + durationSeconds;
  let [sum, weight] = [0, 0];
  for (const { modality, timestamp: begin, durationSeconds: seconds, probabilities } of scores) {
    const isIn = modality === 'audio' || (begin >= timestamp - 1e-6 && begin < end - 1e-6);
    const overlap = Math.min(end, begin + seconds) - Math.max(timestamp, begin);
    if (!isIn || overlap <= 1e-6) continue;
    sum += overlap * (probabilities[0] ?? 0);
    weight += overlap;
  }
  return weight > 0 ? [[timestamp, end, expect.closeTo(sum / weight, 5)]] : [];
}

test('scores of a whole film without a cut are put together, and their mean stays', async () => {
  const count = 20_000;
  const scores = Array.from({ length: count }, (_, i) => scoresAt(i / 2, 0.5, dark(i < count / 2 ? 1 : 0)));
  const shots = shotsOf([count / 4, count / 4]);
  const [[, , first] = [], [, , second] = []] = darkIn('shot', await timelineOf([...scores, ...shots]));
  expect(first).toBeCloseTo(1, 2);
  expect(second).toBeCloseTo(0, 2);
});

test('refuses settings out of range', () => {
  expect(() => createLabelTimeline({ timelineSeconds: 0 })).toThrow(/timelineSeconds/);
});
