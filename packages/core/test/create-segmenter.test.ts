import { testStageContract } from '@deepffmpeg/test-kit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { collect, createSegmenter, type Scores, type SegmenterOptions, through } from '../src/index.js';
import { makeScores, weather } from './make-scores.js';

testStageContract('createSegmenter', {
  steps: [],
  holds: Infinity,
  chunks: (count) => makeScores(Array.from({ length: count }, (_, i) => [i % 2, 0, 0, 0, 1 - (i % 2)])),
  create: createSegmenter,
});

const one = { name: 'one', kind: 'labels' as const, groups: [{ name: 'labels', labels: ['sun', 'other'] }] };
const sun = (probabilities: number[], options?: SegmenterOptions) =>
  collect(
    through(
      makeScores(
        probabilities.map((p) => [p, 0]),
        one,
      ),
      createSegmenter(options),
    ),
  );

test('a label holds from `enter` on and until it falls below `exit`', async () => {
  const segments = await sun([0.4, 0.45, 0.6, 0.45, 0.7, 0.3, 0.45, 0.5], { enter: 0.5, exit: 0.4 });
  expect(segments.map(({ timestamp, durationSeconds }) => [timestamp, durationSeconds])).toEqual([
    [2, 3],
    [7, 1],
  ]);
  expect(segments[0]?.probability).toBeCloseTo((0.6 + 0.45 + 0.7) / 3, 6);
  expect(segments[0]?.peak).toBeCloseTo(0.7, 6);
});

test('leaves short ones out', async () => {
  expect(await sun([1, 0, 1, 1, 0, 1], { minSeconds: 2 })).toMatchObject([
    { timestamp: 2, durationSeconds: 2 },
  ]);
});

test('one that lasts just as long as it must is none of them, however times round', async () => {
  const scores = makeScores(
    Array.from({ length: 5 }, () => [1, 0]),
    one,
  );
  const tenths = scores.map((each, i) => ({ ...each, timestamp: (i + 2) / 10, durationSeconds: 0.1 }));
  const [segment] = await collect(through(tenths, createSegmenter({ minSeconds: 0.5 })));
  expect(segment?.durationSeconds).toBeCloseTo(0.5, 9);
});

test('a still makes a segment without duration', async () => {
  const still = makeScores([[1, 0, 0, 0, 0]]).map((scores) => ({ ...scores, durationSeconds: 0 }));
  expect(await collect(through(still, createSegmenter()))).toMatchObject([
    { label: 'sun', durationSeconds: 0, probability: 1 },
  ]);
});

test('segments of a label never touch or overlap, and cover each frame that reaches `enter`', async () => {
  const row = fc.double({ min: 0, max: 1, noNaN: true });
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { maxLength: 40 }),
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      async (row, enter) => {
        const segments = await sun(row, { enter });
        const inside = (time: number) =>
          segments.filter(
            ({ timestamp, durationSeconds }) => time >= timestamp && time < timestamp + durationSeconds,
          );
        row.forEach((probability, time) => {
          const within = inside(time).length;
          expect(within).toBeLessThanOrEqual(1);
          if (Math.fround(probability) >= enter) expect(within).toBe(1);
          if (Math.fround(probability) < enter * 0.8) expect(within).toBe(0);
        });
        segments.slice(1).forEach(({ timestamp }, i) => {
          expect(timestamp).toBeGreaterThan(segments[i]!.timestamp + segments[i]!.durationSeconds);
        });
      },
    ),
  );
});

test('labels and inputs are told apart', async () => {
  const scores = makeScores([[1, 1, 0, 0, 0]], weather);
  const other = scores.map((chunk) => ({ ...chunk, source: 'other.mp4' }));
  const segments = await collect(through([...scores, ...other], createSegmenter()));
  expect(segments.map(({ source, label }) => `${source} ${label}`)).toEqual([
    'film.mp4 sun',
    'film.mp4 rain',
    'other.mp4 sun',
    'other.mp4 rain',
  ]);
});

test('refuses an exit above enter', () => {
  expect(() => createSegmenter({ enter: 0.5, exit: 0.6 })).toThrow(/exit: expected at most enter \(0.5\)/);
});

test('objects that a tracker follows have segments of their own', async () => {
  const region = (trackId: number) => ({ x: 0, y: 0, width: 1, height: 1, trackId });
  const scores = makeScores(
    [
      [1, 0],
      [1, 0],
      [0, 1],
    ],
    one,
  ).flatMap((chunk, i) => [
    { ...chunk, region: region(1) },
    { ...chunk, region: region(2), probabilities: Float32Array.of(i === 0 ? 0 : 1, 0) },
  ]);
  const segments = await collect(through(scores, createSegmenter()));
  const suns = segments.filter(({ label }) => label === 'sun');
  expect(
    suns.map(({ trackId, timestamp, durationSeconds }) => [trackId, timestamp, durationSeconds]),
  ).toEqual([
    [1, 0, 2],
    [2, 1, 2],
  ]);
});

const heard = (timestamp: number, durationSeconds: number, label = 'sun') => ({
  ...makeScores([[Number(label === 'sun'), Number(label !== 'sun')]], one, 'audio')[0]!, // one row, one chunk
  timestamp,
  durationSeconds,
});
const times = async (scores: readonly Scores[]) =>
  (await collect(through(scores, createSegmenter()))).map((segment) => [
    segment.label,
    segment.timestamp,
    segment.durationSeconds,
  ]);
const windows = (first: number, count: number, hop: number, length = 10) =>
  Array.from({ length: count }, (_, i) => heard(first + i * hop, length));

describe('a time without scores', () => {
  test.each([
    ['windows that touch', windows(0, 3, 10), windows(60, 2, 10), 30, 20],
    ['windows that overlap', windows(0, 3, 5), windows(26, 2, 5), 20, 15],
    ['windows that overlap, the last cut short', [...windows(0, 3, 5), heard(15, 6)], [heard(22, 3)], 21, 3],
    ['one window each', [heard(0, 6)], [heard(54, 6)], 6, 6],
    ['one window an hour before others', [heard(0, 10)], windows(3600, 3, 10), 10, 30],
    ['windows that lie apart', windows(0, 3, 20), windows(3600, 3, 20), 50, 50],
    ['windows that lie apart, one of them before the hole', [heard(0, 10)], windows(3600, 3, 20), 10, 50],
    ['a piece shorter than a window before windows that lie apart', [heard(0, 2)], windows(3, 4, 20), 2, 70],
  ])('ends what held: %s', async (_, before, after, firstSeconds, nextSeconds) => {
    expect(await times([...before, ...after])).toEqual([
      ['sun', before[0]!.timestamp, firstSeconds],
      ['sun', after[0]!.timestamp, nextSeconds],
    ]);
  });

  test('does not if it is the regular pause between windows', async () => {
    expect(await times(windows(0, 4, 20))).toEqual([['sun', 0, 70]]);
    expect(await times([...windows(0, 3, 20), heard(60, 3)])).toEqual([['sun', 0, 63]]);
    expect(await times([...windows(0, 2, 20), heard(40, 10, 'other'), ...windows(60, 2, 20)])).toEqual([
      ['sun', 0, 30],
      ['other', 40, 10],
      ['sun', 60, 30],
    ]);
  });

  test('does not if it is short: clocks drift, and packets are lost', async () => {
    expect(await times([...windows(0, 3, 10.01), heard(30.4, 10)])).toEqual([['sun', 0, 40.4]]);
  });

  test('ends what held under each label set, though one is told before the other', async () => {
    const other = { ...one, name: 'two' };
    const both = [...windows(0, 3, 10), ...windows(60, 2, 10)].flatMap((each) => [
      each,
      { ...each, labelSet: other },
    ]);
    const segments = await collect(through(both, createSegmenter()));
    expect(segments.map(({ labelSet, timestamp }) => `${labelSet} ${timestamp}`).toSorted()).toEqual([
      'one 0',
      'one 60',
      'two 0',
      'two 60',
    ]);
  });
});

test('ends what held where time runs back, as in a stream that begins anew', async () => {
  expect(await times([...windows(60, 3, 10), ...windows(0, 2, 10)])).toEqual([
    ['sun', 60, 30],
    ['sun', 0, 20],
  ]);
  expect(await times([...windows(60, 3, 5), ...windows(0, 2, 5)])).toEqual([
    ['sun', 60, 20],
    ['sun', 0, 15],
  ]);
  const region = { x: 0, y: 0, width: 1, height: 1 };
  for (const each of [region, { ...region, trackId: 1 }]) {
    const parts = [...windows(5, 3, 1, 1), ...windows(0, 2, 1, 1)].map((part) => ({ ...part, region: each }));
    expect(await times(parts)).toEqual([
      ['sun', 5, 3],
      ['sun', 0, 2],
    ]);
  }
});

test('learns anew where time runs back whether windows lie apart', async () => {
  expect(await times([heard(60, 5), ...windows(0, 3, 20)])).toEqual([
    ['sun', 60, 5],
    ['sun', 0, 50],
  ]);
  expect(await times([...windows(60, 3, 20), ...windows(0, 2, 10), heard(29, 10)])).toEqual([
    ['sun', 60, 50],
    ['sun', 0, 20],
    ['sun', 29, 10],
  ]);
});

test('goes on where a clock is a moment back', async () => {
  expect(await times([heard(0, 10), heard(9.8, 0.1), heard(9.7, 0.1), heard(9.8, 5)])).toEqual([
    ['sun', 0, 14.8],
  ]);
});

test('of parts without a track each moment counts the best, and a frame without any ends what holds', async () => {
  const part = (timestamp: number, probability: number, label = 'dog') => ({
    ...makeScores([[probability]], { ...one, groups: [{ name: '', labels: [label] }] })[0]!, // one row, one chunk
    timestamp,
    region: { x: timestamp, y: probability, width: 1, height: 1 },
  });
  const scores = [
    part(0, 0.6),
    part(0, 0.9),
    part(1, 0.2),
    part(1, 0.7),
    part(1, 0.8, 'cat'),
    part(3, 0.8),
    part(4, 0.8, 'cat'),
  ];
  const segments = await collect(through(scores, createSegmenter()));
  expect(
    segments.map(({ label, timestamp, durationSeconds, peak }) => [label, timestamp, durationSeconds, peak]),
  ).toEqual([
    ['dog', 0, 2, Math.fround(0.9)],
    ['cat', 1, 1, Math.fround(0.8)],
    ['dog', 3, 1, Math.fround(0.8)],
    ['cat', 4, 1, Math.fround(0.8)],
  ]);
  expect(segments[0]?.probability).toBeCloseTo((0.9 + 0.7) / 2, 6);
});

test('a track may be out of sight for a while; one that is gone for longer ends without being told', async () => {
  const seen = (timestamp: number, trackId: number) => ({
    ...makeScores([[1, 0]], one)[0]!, // one row, one chunk
    timestamp,
    durationSeconds: 0.5,
    region: { x: 0, y: 0, width: 1, height: 1, trackId },
  });
  const scores = [seen(0, 1), seen(1.5, 1), seen(4, 2), seen(4.5, 2), seen(9, 2)];
  const ended: unknown[] = [];
  for await (const segment of through(scores, createSegmenter()))
    ended.push([segment.trackId, segment.timestamp, segment.durationSeconds]);
  expect(ended).toEqual([
    [1, 0, 2],
    [2, 4, 1],
    [2, 9, 0.5],
  ]);
  const patient = await collect(through(scores, createSegmenter({ lostSeconds: 4 })));
  expect(patient.map(({ trackId, durationSeconds }) => [trackId, durationSeconds])).toEqual([
    [1, 2],
    [2, 5.5],
  ]);
});

test('a track that is lost for as long as it may be goes on, whatever rounding makes of its seconds', async () => {
  const seen = (tenth: number) => ({
    ...makeScores([[1, 0]], one)[0]!, // one row, one chunk
    timestamp: tenth / 10,
    durationSeconds: 0.1,
    region: { x: 0, y: 0, width: 1, height: 1, trackId: 1 },
  });
  for (let first = 0; first < 50; first++) {
    expect(await times([seen(first), seen(first + 11)])).toHaveLength(1);
    expect(await times([seen(first), seen(first + 12)])).toHaveLength(2);
  }
});

test('a gap of half a second is bridged, whatever rounding makes of it', async () => {
  for (let first = 0; first < 50; first++) {
    const scores = [first, first + 8, first + 60].map((tenth) => heard(tenth / 10, 0.3));
    expect(await times(scores)).toHaveLength(2);
  }
});

test('what is heard far ahead ends no track that is seen', async () => {
  const seen = (timestamp: number) => ({
    ...makeScores([[1, 0]], one)[0]!, // one row, one chunk
    timestamp,
    region: { x: 0, y: 0, width: 1, height: 1, trackId: 1 },
  });
  const heard = { ...makeScores([[0, 1]], one, 'audio')[0]!, model: 'ear', timestamp: 10 };
  const segments = await collect(through([seen(0), heard, seen(1), seen(2)], createSegmenter()));
  expect(segments).toMatchObject([
    { trackId: 1, timestamp: 0, durationSeconds: 3 },
    { modality: 'audio', timestamp: 10 },
  ]);
});

test('the time of one input ends no track of another', async () => {
  const seen = (timestamp: number, source: string) => ({
    ...makeScores([[1, 0]], one)[0]!, // one row, one chunk
    source,
    timestamp,
    region: { x: 0, y: 0, width: 1, height: 1, trackId: 1 },
  });
  const scores = [seen(0, 'a'), seen(100, 'b'), seen(1, 'a'), seen(101, 'b')];
  const segments = await collect(through(scores, createSegmenter()));
  expect(
    segments.map(({ source, timestamp, durationSeconds }) => [source, timestamp, durationSeconds]),
  ).toEqual([
    ['a', 0, 2],
    ['b', 100, 2],
  ]);
});

test('many inputs cost no more each than few', { timeout: 20_000 }, async () => {
  const stills = (count: number) =>
    Array.from({ length: count }, (_, i) => ({
      ...heard(0, 0),
      source: `${i}.jpg`,
      modality: 'vision' as const,
    }));
  expect(await collect(through(stills(10_000), createSegmenter()))).toHaveLength(10_000);
});
