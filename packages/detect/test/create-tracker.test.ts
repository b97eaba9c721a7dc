import { collect, type Detection, type Detections, type StageOptions, through } from '@deepffmpeg/core';
import { type Step, testStageContract } from '@deepffmpeg/test-kit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createTracker, type TrackerOptions, trackerConfidences } from '../src/index.js';
import { detectionsAt, objectAt } from './make-film.js';

const at = (x: number, y = 100, confidence = 0.9, label = 'dog'): Detection => ({
  ...objectAt(x, y, confidence),
  label,
});

const track = async (frames: readonly Detections[], options?: TrackerOptions) =>
  collect(through(frames, createTracker(options)));

const idsIn = ({ objects }: Detections) => objects.map(({ region }) => region.trackId);

testStageContract('createTracker', {
  steps: [],
  chunks: (count) => Array.from({ length: count }, (_, i) => detectionsAt([at(i)], i / 25)),
  create: (options: StageOptions, _step: Step) => createTracker(options),
});

test('gives ids from 1, keeps them, and changes nothing else', async () => {
  const frames = [0, 1, 2].map((i) => detectionsAt([at(10 * i), at(400 - 5 * i)], i / 25));
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
  const frames = [
    detectionsAt([at(0)], 0, 'a'),
    detectionsAt([at(300)], 0, 'b'),
    detectionsAt([at(300)], 0.04, 'a'),
  ];
  expect((await track(frames)).map(idsIn)).toEqual([[1], [1], [2]]);
});

test('follows nothing to where time runs back, but for a moment', async () => {
  const frames = [60, 60.04, 60, 0, 0.04].map((time) => detectionsAt([at(0)], time));
  expect((await track(frames)).map(idsIn)).toEqual([[1], [1], [1], [2], [2]]);
});

test('frames without objects pass, and objects of another label are others', async () => {
  const frames = [
    detectionsAt([], 0),
    detectionsAt([at(0)], 0.04),
    detectionsAt([at(0, 100, 0.9, 'cat')], 0.08),
  ];
  expect((await track(frames)).map(idsIn)).toEqual([[], [1], [2]]);
});

describe('confidence', () => {
  test('a faint object continues a track and begins none', async () => {
    const frames = [
      detectionsAt([at(0), at(300, 100, 0.3)], 0),
      detectionsAt([at(2, 100, 0.2), at(300, 100, 0.3)], 0.04),
    ];
    expect((await track(frames)).map(idsIn)).toEqual([[1], [1]]);
  });

  test('a faint object continues no track that was out of sight', async () => {
    const frames = [
      detectionsAt([at(0)], 0),
      detectionsAt([], 0.04),
      detectionsAt([at(0, 100, 0.3)], 0.08),
      detectionsAt([at(0)], 0.12),
    ];
    expect((await track(frames)).map(idsIn)).toEqual([[1], [], [], [1]]);
  });

  test('of two that overlap alike, the clearer continues the track', async () => {
    const frames = [detectionsAt([at(0)], 0), detectionsAt([at(0, 100, 0.6), at(0, 100, 0.9)], 0.04)];
    expect((await track(frames)).map(idsIn)).toEqual([[1], [2, 1]]);
  });

  test('one below lowConfidence is left out, one between confidence and newConfidence begins none', async () => {
    const frames = [detectionsAt([at(0), at(300, 100, 0.55)], 0), detectionsAt([at(0, 100, 0.05)], 0.04)];
    expect((await track(frames)).map(idsIn)).toEqual([[1], []]);
    expect((await track(frames, { newConfidence: 0.55 })).map(idsIn)).toEqual([[1, 2], []]);
  });

  test.each([0.05, 0.3, 1])(
    'by trackerConfidences, every object from %s on has a track',
    async (confidence) => {
      const [seen, fainter] = [at(0, 100, confidence), at(300, 100, confidence - 0.01)];
      const found = await track([detectionsAt([seen, fainter], 0)], trackerConfidences(confidence));
      expect(found.map(idsIn)).toEqual([[1]]);
    },
  );

  test('limits in the wrong order are refused', () => {
    expect(() => createTracker({ confidence: 0.05 })).toThrow(/rising order/);
    expect(() => createTracker({ newConfidence: 0.4 })).toThrow(/rising order/);
    expect(() => createTracker({ lostSeconds: 0 })).toThrow(/lostSeconds/);
  });
});

test('a track waits as long as the buffer, in seconds, however many frames that are', async () => {
  const back = (seconds: number) =>
    [detectionsAt([at(0)], 0), detectionsAt([], seconds / 2), detectionsAt([at(0)], seconds)].map(
      (frame) => ({ ...frame, durationSeconds: 0 }),
    );
  expect((await track(back(1))).map(idsIn)).toEqual([[1], [], [1]]);
  expect((await track(back(0.1 + 0.2), { lostSeconds: 0.3 })).map(idsIn)).toEqual([[1], [], [1]]);
  expect((await track(back(1.1))).map(idsIn)).toEqual([[1], [], [2]]);
  expect((await track(back(1.1), { lostSeconds: 2 })).map(idsIn)).toEqual([[1], [], [1]]);
});

test('frames that lie more than the buffer apart follow one another all the same', async () => {
  const frames = [0, 1, 2, 3].map((i) => ({ ...detectionsAt([at(0)], i * 1.001), durationSeconds: 1.001 }));
  expect((await track(frames)).map(idsIn)).toEqual([[1], [1], [1], [1]]);
});

test('boxes without area and time that runs back are borne', async () => {
  const flat = { ...at(0), region: { x: 0, y: 0, width: 10, height: 0 } };
  const frames = [detectionsAt([flat, at(0)], 1), detectionsAt([at(1), flat], 0.5), detectionsAt([at(2)], 1)];
  expect((await track(frames)).map(idsIn)).toEqual([[1], [1], [1]]);
});

test('thousands of boxes take bounded time', async () => {
  const crowd = Array.from({ length: 1500 }, (_, i) => at((i % 50) * 50, Math.floor(i / 50) * 90));
  const start = performance.now();
  const outputs = await track([detectionsAt(crowd, 0), detectionsAt(crowd, 0.04)]);
  expect(outputs.map(({ objects }) => objects.length)).toEqual([1500, 1500]);
  expect(performance.now() - start).toBeLessThan(10_000);
});

test('an id is never in a frame twice, never comes back after the buffer, and the same input gives the same ids', async () => {
  const object = fc.record({ x: fc.nat(200), confidence: fc.double({ min: 0, max: 1, noNaN: true }) });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(object, { maxLength: 8 }), { maxLength: 12 }), async (lists) => {
      const frames = lists.map((list, i) =>
        detectionsAt(
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
