import { collect, type Detection, type Detections, type StageOptions, through } from '@deepffmpeg/core';
import { type Step, testStageContract } from '@deepffmpeg/test-kit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createTracker, type TrackerOptions } from '../src/index.js';
import { trackingScores } from './tracking-scores.js';

const at = (x: number, y = 100, confidence = 0.9, label = 'dog'): Detection => ({
  label,
  confidence,
  region: { x, y, width: 40, height: 80 },
});

const frameOf = (objects: readonly Detection[], timestamp: number, source = 'made'): Detections => ({
  type: 'detections',
  model: 'made',
  source,
  timestamp,
  durationSeconds: 0.04,
  width: 640,
  height: 360,
  objects,
});

const track = async (frames: readonly Detections[], options?: TrackerOptions) =>
  collect(through(frames, createTracker(options)));

const idsIn = ({ objects }: Detections) => objects.map(({ region }) => region.trackId);

testStageContract('createTracker', {
  steps: [],
  chunks: (count) => Array.from({ length: count }, (_, i) => frameOf([at(i)], i / 25)),
  create: (options: StageOptions, _step: Step) => createTracker(options),
});

test('gives ids from 1, keeps them, and changes nothing else', async () => {
  const frames = [0, 1, 2].map((i) => frameOf([at(10 * i), at(400 - 5 * i)], i / 25));
  const outputs = await track(frames);
  expect(outputs.map(idsIn)).toEqual([
    [1, 2],
    [1, 2],
    [1, 2],
  ]);
  const plain = outputs.map((chunk) => ({
    ...chunk,
    objects: chunk.objects.map(({ region: { trackId: _, ...region }, ...object }) => ({ ...object, region })),
  }));
  expect(plain).toEqual(frames);
});

test('counts the ids of each input anew', async () => {
  const frames = [frameOf([at(0)], 0, 'a'), frameOf([at(300)], 0, 'b'), frameOf([at(300)], 0.04, 'a')];
  expect((await track(frames)).map(idsIn)).toEqual([[1], [1], [2]]);
});

test('frames without objects pass, and objects of another label are others', async () => {
  const frames = [frameOf([], 0), frameOf([at(0)], 0.04), frameOf([at(0, 100, 0.9, 'cat')], 0.08)];
  expect((await track(frames)).map(idsIn)).toEqual([[], [1], [2]]);
});

describe('confidence', () => {
  test('a faint object continues a track and begins none', async () => {
    const frames = [
      frameOf([at(0), at(300, 100, 0.3)], 0),
      frameOf([at(2, 100, 0.2), at(300, 100, 0.3)], 0.04),
    ];
    expect((await track(frames)).map(idsIn)).toEqual([[1], [1]]);
  });

  test('a faint object continues no track that was out of sight', async () => {
    const frames = [
      frameOf([at(0)], 0),
      frameOf([], 0.04),
      frameOf([at(0, 100, 0.3)], 0.08),
      frameOf([at(0)], 0.12),
    ];
    expect((await track(frames)).map(idsIn)).toEqual([[1], [], [], [1]]);
  });

  test('of two that overlap alike, the clearer continues the track', async () => {
    const frames = [frameOf([at(0)], 0), frameOf([at(0, 100, 0.6), at(0, 100, 0.9)], 0.04)];
    expect((await track(frames)).map(idsIn)).toEqual([[1], [2, 1]]);
  });

  test('one below lowConfidence is left out, one between confidence and newConfidence begins none', async () => {
    const frames = [frameOf([at(0), at(300, 100, 0.55)], 0), frameOf([at(0, 100, 0.05)], 0.04)];
    expect((await track(frames)).map(idsIn)).toEqual([[1], []]);
    expect((await track(frames, { newConfidence: 0.55 })).map(idsIn)).toEqual([[1, 2], []]);
  });

  test('limits in the wrong order are refused', () => {
    expect(() => createTracker({ confidence: 0.05 })).toThrow(/rising order/);
    expect(() => createTracker({ newConfidence: 0.4 })).toThrow(/rising order/);
    expect(() => createTracker({ bufferSeconds: 0 })).toThrow(/bufferSeconds/);
  });
});

test('a track waits as long as the buffer, in seconds, however many frames that are', async () => {
  const back = (seconds: number) => [
    frameOf([at(0)], 0),
    frameOf([], seconds / 2),
    frameOf([at(0)], seconds),
  ];
  expect((await track(back(1))).map(idsIn)).toEqual([[1], [], [1]]);
  expect((await track(back(1.1))).map(idsIn)).toEqual([[1], [], [2]]);
  expect((await track(back(1.1), { bufferSeconds: 2 })).map(idsIn)).toEqual([[1], [], [1]]);
});

test('boxes without area and time that runs back are borne', async () => {
  const flat = { ...at(0), region: { x: 0, y: 0, width: 10, height: 0 } };
  const frames = [frameOf([flat, at(0)], 1), frameOf([at(1), flat], 0.5), frameOf([at(2)], 1)];
  expect((await track(frames)).map(idsIn)).toEqual([[1], [1], [1]]);
});

test('thousands of boxes take bounded time', async () => {
  const crowd = Array.from({ length: 1500 }, (_, i) => at((i % 50) * 50, Math.floor(i / 50) * 90));
  const start = performance.now();
  const outputs = await track([frameOf(crowd, 0), frameOf(crowd, 0.04)]);
  expect(outputs.map(({ objects }) => objects.length)).toEqual([1500, 1500]);
  expect(performance.now() - start).toBeLessThan(10_000);
});

/** An object that moves evenly; it is there from `from` to `to` and hidden in part or wholly in between. */
interface Mover {
  readonly start: readonly [x: number, y: number];
  /** Pixels a second. */
  readonly velocity: readonly [x: number, y: number];
  readonly faint?: readonly [from: number, to: number];
  readonly hidden?: readonly [from: number, to: number];
}

/** What a detector tells of movers, with errors of a pixel or two, and boxes of nothing; with the truth. */
function film(movers: readonly Mover[], times: readonly number[], seed = 1) {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const wobble = () => (random() - 0.5) * 3;
  return times.map((time) => {
    const isIn = (span?: readonly [number, number]) =>
      span !== undefined && time >= span[0] && time < span[1];
    const there = movers.flatMap((mover, id) => {
      if (isIn(mover.hidden)) return [];
      const [x, y] = [0, 1].map((axis) => mover.start[axis]! + mover.velocity[axis]! * time) as [
        number,
        number,
      ];
      return [{ id, x, y, confidence: isIn(mover.faint) ? 0.2 + 0.2 * random() : 0.7 + 0.3 * random() }];
    });
    const seen = there.map(({ x, y, confidence }) => at(x + wobble(), y + wobble(), confidence));
    const nothing = at(random() * 600, random() * 280, 0.1 + 0.3 * random());
    const truth = there.map(({ id, x, y }) => ({ ...at(x, y), region: { ...at(x, y).region, trackId: id } }));
    return { truth, input: frameOf([nothing, ...seen], time) };
  });
}

const even = Array.from({ length: 100 }, (_, i) => i / 25);
/** Pauses of 20 to 120 ms. */
const uneven = even.map((_, i) => i * 0.06 + 0.02 * Math.sin(i * 2.4));

const scenarios: Readonly<Record<string, readonly Mover[]>> = {
  'two that cross on different lines': [
    { start: [50, 100], velocity: [100, 0] },
    { start: [450, 130], velocity: [-100, 0] },
  ],
  'two that cross, the farther one hidden in part, then wholly': [
    { start: [50, 100], velocity: [100, 0] },
    { start: [450, 110], velocity: [-100, 0], faint: [1.7, 2.3], hidden: [1.8, 2.2] },
  ],
  'one behind a pillar for more than half a second': [
    { start: [20, 100], velocity: [110, 5], hidden: [1.5, 2.1] },
    { start: [300, 250], velocity: [0, -5] },
  ],
  'a crowd in which some are hard to see': [
    { start: [20, 20], velocity: [60, 20], faint: [1, 1.6] },
    { start: [120, 260], velocity: [50, -40], hidden: [2, 2.3] },
    { start: [500, 40], velocity: [-70, 30], faint: [0.5, 1.2] },
    { start: [560, 240], velocity: [-60, -20], hidden: [1, 1.4] },
    { start: [300, 150], velocity: [5, 5] },
  ],
};

describe.each(Object.entries(scenarios))('follows %s', (_, movers) => {
  test.each([
    ['even', even],
    ['uneven', uneven],
  ])('at %s times', async (_name, times) => {
    for (const seed of [1, 2, 3]) {
      const frames = film(movers, times, seed);
      const outputs = await track(frames.map(({ input }) => input));
      const scores = trackingScores(frames.map(({ truth }, i) => ({ truth, tracked: outputs[i]!.objects })));
      expect(scores.mota).toBeGreaterThan(0.95);
      expect(scores.idf1).toBeGreaterThan(0.95);
    }
  });
});

test('an id is never in a frame twice, never comes back after the buffer, and the same input gives the same ids', async () => {
  const object = fc.record({ x: fc.nat(200), confidence: fc.double({ min: 0, max: 1, noNaN: true }) });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(object, { maxLength: 8 }), { maxLength: 12 }), async (lists) => {
      const frames = lists.map((list, i) =>
        frameOf(
          list.map(({ x, confidence }) => at(x, 0, confidence)),
          i / 4,
        ),
      );
      const outputs = await track(frames);
      for (const chunk of outputs) expect(new Set(idsIn(chunk)).size).toBe(chunk.objects.length);
      const all = outputs.flatMap((chunk) => idsIn(chunk).map((id) => ({ id, time: chunk.timestamp })));
      for (const { id } of all) {
        const times = all.filter((other) => other.id === id).map(({ time }) => time);
        const pauses = times.slice(1).map((time, i) => time - times[i]!);
        expect(Math.max(0, ...pauses)).toBeLessThanOrEqual(1);
      }
      const ids = [...new Set(all.map(({ id }) => id))];
      expect(ids).toEqual(ids.map((_, i) => i + 1));
      expect(await track(frames)).toEqual(outputs);
    }),
  );
});
