import { collect, type Detections, type Region, type StageOptions, through } from '@deepffmpeg/core';
import { type Step, testStageContract } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import { type CropperOptions, createCropper } from '../src/index.js';
import { makeDetections, makeObject } from './make-detections.js';

type Labelled = readonly [label: string, region: Partial<Region>];

const detectionsOf = (timestamp: number, objects: readonly Labelled[], source?: string): Detections =>
  makeDetections(
    timestamp,
    objects.map(([label, region]) => makeObject(label, region)),
    source,
  );

const crop = async (input: readonly Detections[], options?: CropperOptions) =>
  collect(through(input, createCropper(options)));

testStageContract('createCropper', {
  steps: [],
  chunks: (count) => Array.from({ length: count }, (_, i) => detectionsOf(i, [['dog', {}]])),
  create: (options: StageOptions, _step: Step) => createCropper(options),
});

test('cuts each object out, with its region, time and place in the count', async () => {
  const region = { x: 0.5, y: 1, width: 1.25, height: 1, trackId: 3 };
  const crops = await crop([
    detectionsOf(0, [
      ['dog', {}],
      ['cat', region],
    ]),
    detectionsOf(1, [['dog', {}]]),
  ]);
  expect(crops.map(({ index, timestamp }) => [index, timestamp])).toEqual([
    [0, 0],
    [1, 0],
    [2, 1],
  ]);
  expect(crops[1]).toEqual({
    type: 'video-frame',
    tap: 'crops',
    source: 'made',
    timestamp: 0,
    durationSeconds: 1,
    index: 1,
    region: { ...region, label: 'cat' },
    width: 2,
    height: 1,
    data: new Uint8Array(6),
  });
});

test("cuts with a margin of the object's size, as far as the frame goes, and tells the object's own region", async () => {
  const region = { x: 0, y: 1, width: 1, height: 0.5 };
  const cut = async (margin: number) => {
    const [{ width, height, ...rest } = { region: undefined }] = await crop(
      [detectionsOf(0, [['dog', region]])],
      { margin },
    );
    expect(rest.region).toEqual({ ...region, label: 'dog' });
    return [width, height];
  };
  expect(await cut(0)).toEqual([1, 1]);
  expect(await cut(0.5)).toEqual([2, 2]);
  expect(await cut(2)).toEqual([2, 2]);
  expect(() => createCropper({ margin: 3 })).toThrow(/margin/);
});

test('cuts only targets, and nothing where there are none', async () => {
  const input = [
    detectionsOf(0, [
      ['dog', {}],
      ['cat', { x: 1 }],
    ]),
    detectionsOf(1, [['dog', {}]]),
    detectionsOf(2, []),
  ];
  expect((await crop(input, { targets: ['cat'] })).map(({ region }) => region?.x)).toEqual([1]);
});

test('cuts a track out once in each interval, and what has no track each time', async () => {
  const objects: Labelled[] = [
    ['dog', { trackId: 1 }],
    ['dog', { trackId: 2 }],
    ['dog', { x: 1 }],
  ];
  const input = [0, 0.5, 1, 1.5, 2].map((time) =>
    detectionsOf(time, time === 0 ? objects.slice(0, 1) : objects),
  );
  const crops = await crop(input, { everySeconds: 1 });
  const times = (wanted?: number) =>
    crops.filter(({ region }) => region?.trackId === wanted).map(({ timestamp }) => timestamp);
  expect(times(1)).toEqual([0, 1, 2]);
  expect(times(2)).toEqual([0.5, 1.5]);
  expect(times()).toEqual([0.5, 1, 1.5, 2]);
});

test('counts and times each input by itself', async () => {
  const objects: Labelled[] = [['dog', { trackId: 1 }]];
  const input = [
    detectionsOf(0, objects, 'a'),
    detectionsOf(0, objects, 'b'),
    detectionsOf(0.1, objects, 'a'),
  ];
  const crops = await crop(input, { everySeconds: 1 });
  expect(crops.map(({ source, index }) => [source, index])).toEqual([
    ['a', 0],
    ['b', 0],
  ]);
});

test('leaves out what has no area in the frame', async () => {
  expect(
    await crop([
      detectionsOf(0, [
        ['dog', { x: 5 }],
        ['dog', { width: 0 }],
      ]),
    ]),
  ).toEqual([]);
});

test('reports detections without their frame, or with another, and bad options at once', async () => {
  const { frame: _, ...bare } = detectionsOf(0, [['dog', {}]]);
  await expect(crop([bare])).rejects.toMatchObject({ code: 'ERR_MISMATCH' });
  await expect(crop([{ ...detectionsOf(0, [['dog', {}]]), width: 4 }])).rejects.toThrow('a frame of 2x2');
  expect(() => createCropper({ targets: [] })).toThrow(/targets/);
  expect(() => createCropper({ everySeconds: -1 })).toThrow(/everySeconds/);
});
