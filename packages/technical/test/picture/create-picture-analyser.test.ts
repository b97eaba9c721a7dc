import { collect, type Measurement, type StageOptions, through, type VideoFrame } from '@deepffmpeg/core';
import { type Step, testStageContract } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import { createPictureAnalyser } from '../../src/index.js';

const measured = (
  filter: string,
  index: number,
  values: Measurement['values'],
  source = 'made',
): Measurement => ({
  ...{ type: 'measurement', source, filter, timestamp: index / 25, durationSeconds: 0.04, values },
});
const luma = (index: number, lumaMeanLevel: number, source?: string) =>
  measured('signalstats', index, { lumaMeanLevel, lumaLowLevel: 16, lumaHighLevel: 235 }, source);
const analyse = (chunks: readonly (Measurement | VideoFrame)[]) =>
  collect(through(chunks, createPictureAnalyser()));

testStageContract('createPictureAnalyser', {
  holds: Number.POSITIVE_INFINITY,
  steps: [],
  chunks: (count) => Array.from({ length: count }, (_, i) => luma(i, 100)),
  create: (options: StageOptions, _step: Step) => createPictureAnalyser(options),
});

test('sums up each input for itself, by time, and takes no measurement of sound', async () => {
  const sound = measured('astats', 0, { samples: 1 });
  const long = { ...luma(1, 40, 'a'), durationSeconds: 0.12 };
  expect(await analyse([luma(0, 80, 'a'), sound, luma(0, 200, 'b'), long])).toEqual([
    sound,
    expect.objectContaining({
      source: 'a',
      frames: 2,
      durationSeconds: expect.closeTo(0.16, 9),
      lumaMeanLevel: expect.closeTo(50, 9),
    }),
    expect.objectContaining({ source: 'b', frames: 1, lumaMeanLevel: 200, edgeWidthPixels: undefined }),
  ]);
});

test('tells when pictures begin, as they may behind the sound', async () => {
  expect(await analyse([luma(100, 80), luma(101, 80)])).toMatchObject([
    { startSeconds: 4, durationSeconds: expect.closeTo(0.08, 9) },
  ]);
});

test('freezes from the frame that is repeated on; black is not frozen', async () => {
  const frames = Array.from({ length: 200 }, (_, i) => {
    const isBlack = i >= 120 ? 1 : 0;
    const isRepeated = (i > 10 && i < 80) || i > 120 ? 1 : 0;
    return [measured('blackdetect', i, { isBlack }), measured('freezedetect', i, { isRepeated })];
  }).flat();
  const outputs = await analyse(frames);
  expect(outputs.slice(0, -1)).toMatchObject([
    { kind: 'frozen', timestamp: 0.4, durationSeconds: expect.closeTo(2.8, 9) },
    { kind: 'black', timestamp: 4.8, durationSeconds: expect.closeTo(3.2, 9) },
  ]);
  expect(outputs.at(-1)).toMatchObject({ type: 'picture-summary', frames: 200, repeatedFrames: 69 + 79 });
});

test('fields have one order for as long as motion shows them; a hard edge shows now one, now the other', async () => {
  const kinds = async (orders: string) => {
    const events = await analyse(
      [...orders].map((order, i) => {
        const isInterlaced = order === 'p' ? 0 : 1;
        const first = isInterlaced === 1 ? { isTopFieldFirst: order === 't' ? 1 : 0 } : undefined;
        return measured('idet', i, { isInterlaced, ...first });
      }),
    );
    return events.flatMap((event) => (event.type === 'technical-event' ? [event.values] : []));
  };
  const progressive = 'p'.repeat(30);
  expect(await kinds(`${progressive}ttttt${progressive}bbbbb${progressive}ttttt`)).toEqual([]);
  expect(await kinds('tttpp'.repeat(20))).toEqual([{ isTopFieldFirst: 1 }]); // two of five: films at 30 frames a second
  expect(await kinds('b'.repeat(60))).toEqual([{ isTopFieldFirst: 0 }]);
  expect(await kinds(`${'t'.repeat(25)}${'b'.repeat(25)}`.repeat(5))).toEqual([]);
});

test('where fields change their order one event ends and the next begins', async () => {
  const events = await analyse(
    Array.from({ length: 200 }, (_, i) =>
      measured('idet', i, { isInterlaced: 1, isTopFieldFirst: i < 80 ? 1 : 0 }),
    ),
  );
  expect(events.slice(0, -1)).toMatchObject([
    { timestamp: 0, durationSeconds: expect.closeTo(3.2, 9), values: { isTopFieldFirst: 1 } },
    { timestamp: 3.2, durationSeconds: expect.closeTo(4.8, 9), values: { isTopFieldFirst: 0 } },
  ]);
});

const fullLook = (index: number, lumaMeanLevel: number) =>
  measured('signalstats', index, {
    ...{ lumaLowLevel: 20, lumaMeanLevel, lumaHighLevel: 200 },
    ...{ saturationMeanLevel: 30, saturationHighLevel: 60 },
  });

/** Of one size until frame 30, then of another. */
const twoSizes = (look: (index: number) => number, isRepeated: (index: number) => 0 | 1) =>
  Array.from({ length: 60 }, (_, i) => [
    measured('freezedetect', i, i % 30 === 0 ? {} : { isRepeated: isRepeated(i) }),
    fullLook(i, look(i)),
  ]).flat();

test.each([
  {
    title: 'the same picture goes on',
    look: (i: number) => (i < 30 ? 100 : 103),
    isRepeated: () => 1 as const,
    spans: [[0, 2.4]],
  },
  {
    title: 'another picture begins',
    look: (i: number) => (i < 30 ? 100 : 105),
    isRepeated: () => 1 as const,
    spans: [],
  },
  {
    title: 'the picture begins to move',
    look: () => 100,
    isRepeated: (i: number) => (i < 31 ? 1 : 0),
    spans: [],
  },
])('a still picture whose size changes: $title', async ({ look, isRepeated, spans }) => {
  const outputs = await analyse(twoSizes(look, isRepeated));
  const found = outputs.flatMap((chunk) =>
    chunk.type === 'technical-event' ? [[chunk.timestamp, chunk.durationSeconds]] : [],
  );
  expect(found).toEqual(spans.map((span) => span.map((seconds) => expect.closeTo(seconds, 9))));
});

test('a still picture that ends with a change of size has its last frame, too', async () => {
  const seconds = 2.5;
  const frames = twoSizes(
    () => 100,
    () => 1,
  ).filter(({ timestamp }) => timestamp <= 30 / 25);
  const slow = frames.map((chunk) => ({
    ...chunk,
    timestamp: chunk.timestamp * seconds,
    durationSeconds: chunk.durationSeconds * seconds,
  }));
  expect(await analyse(slow)).toMatchObject([
    { kind: 'frozen', timestamp: 0, durationSeconds: expect.closeTo(3.1, 9) },
    { type: 'picture-summary' },
  ]);
});

test('one picture for a long time is not frozen, first or where the size changes', async () => {
  const told: Measurement['values'][] = [{}, {}, { isRepeated: 0 }];
  const frames = told.flatMap((values, i) =>
    [measured('freezedetect', 75 * i, values), fullLook(75 * i, 100)].map((chunk) => ({
      ...chunk,
      durationSeconds: 3,
    })),
  );
  expect(await analyse(frames)).toMatchObject([{ type: 'picture-summary' }]);
});

const bars = (index: number, topShare: number, bottomShare: number) =>
  measured('cropdetect', index, { topShare, bottomShare, leftShare: 0, rightShare: 0 });

test.each([
  { title: 'even ones', rows: Array(75).fill([0.1, 0.11]), found: 1 },
  { title: 'short ones', rows: Array(40).fill([0.1, 0.1]), found: 0 },
  { title: 'uneven ones', rows: Array(75).fill([0.1, 0.3]), found: 0 },
  {
    title: 'a dark scene that opens',
    rows: [...Array(40).fill([0.3, 0.3]), ...Array(40).fill([0, 0])],
    found: 0,
  },
  {
    title: 'ones with a dark scene within',
    rows: Array.from({ length: 75 }, (_, i) => (i % 30 < 10 ? [0.4, 0.2] : [0.1, 0.1])),
    found: 1,
  },
])('bars: $title', async ({ rows, found }) => {
  const outputs = await analyse((rows as [number, number][]).map(([top, bottom], i) => bars(i, top, bottom)));
  const events = outputs.filter(({ type }) => type === 'technical-event');
  expect(events).toHaveLength(found);
  if (found > 0) expect(events[0]).toMatchObject({ kind: 'letterbox', values: { topShare: 0.1 } });
});

test('bars that last for two seconds are some, whatever rounding makes of their seconds', async () => {
  const even = [...Array(50).fill([0.1, 0.1]), ...Array(10).fill([0, 0])];
  const rows = (first: number) =>
    (even as [number, number][]).map(([top, bottom], i) => bars(first + i, top, bottom));
  for (let first = 0; first < 50; first++)
    expect(await analyse(rows(first))).toMatchObject([{ kind: 'letterbox' }, { type: 'picture-summary' }]);
});

test('looks for blocks in the frames of its tap', async () => {
  const frame = (tap: string, grid: boolean): VideoFrame => ({
    ...{
      type: 'video-frame',
      source: 'made',
      tap,
      timestamp: 0,
      durationSeconds: 2,
      index: 0,
      width: 64,
      height: 64,
    },
    data: Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => {
      const [x, y] = [Math.floor(i / 3) % 64, Math.floor(i / 192)];
      return 100 + ((x * 7 + y * 3) % 5) + (grid ? 20 * ((Math.floor(x / 8) + Math.floor(y / 8)) % 2) : 0);
    }),
  });
  const other = frame('shots', true);
  expect(await analyse([other, frame('pictures', true)])).toMatchObject([
    other,
    { kind: 'blocky', durationSeconds: 2 },
    { type: 'picture-summary', blockiness: expect.any(Number) },
  ]);
  expect(await analyse([frame('pictures', false)])).toHaveLength(1);
});
