import { collect } from '@deepffmpeg/core';
import { expect, test } from 'vitest';
import { cocoImageId, cocoLabels, detectionsToCocoResults } from '../src/index.js';
import { makeDetections, makeObject } from './make-detections.js';

const read = async (...args: Parameters<typeof detectionsToCocoResults>) =>
  JSON.parse((await collect(detectionsToCocoResults(...args))).join(''));

test("writes objects with COCO's own ids, pictures counted from 1", async () => {
  const region = { x: 1.234, y: 0, width: 0.5, height: 10 };
  const results = await read([
    makeDetections(0, []),
    makeDetections(1, [makeObject('dog', region, 0.123456), makeObject('toothbrush')]),
  ]);
  expect(results).toEqual([
    {
      image_id: 2,
      category_id: 18,
      bbox: [1.23, 0, 0.5, 10],
      score: 0.12346,
      file_name: 'made',
      timestamp: 1,
    },
    { image_id: 2, category_id: 90, bbox: [0, 0, 1, 1], score: 0.9, file_name: 'made', timestamp: 1 },
  ]);
});

test("all of COCO's 80 labels have different ids, in its order", async () => {
  const results = await read([
    makeDetections(
      0,
      cocoLabels.map((label) => makeObject(label)),
    ),
  ]);
  const ids: number[] = results.map(({ category_id }: { category_id: number }) => category_id);
  expect(ids).toEqual([...new Set(ids)].toSorted((a, b) => a - b));
  expect(ids).toHaveLength(80);
  expect([ids[0], ids[11], ids[79]]).toEqual([1, 13, 90]);
});

test('other labels count from 1, and the caller may name the pictures', async () => {
  const all = [makeDetections(0, [makeObject('wheel')], 'a'), makeDetections(1, [makeObject('door')], 'b')];
  const options = {
    labels: ['door', 'wheel'],
    imageIdOf: ({ source }: { source: string }, i: number) => source + i,
  };
  expect(await read(all, options)).toMatchObject([
    { image_id: 'a0', category_id: 2 },
    { image_id: 'b1', category_id: 1 },
  ]);
});

test('a picture may be named by its number; a video has many frames', () => {
  expect(cocoImageId('val2017/000000000139.jpg')).toBe(139);
  expect(cocoImageId('000000000139.mp4')).toBeUndefined();
  expect(cocoImageId('cat 1.jpg')).toBeUndefined();
});

test('nothing makes an empty list', async () => {
  expect(await read([])).toEqual([]);
  expect(await read([makeDetections(0, [])])).toEqual([]);
});

test('an object that is not among the labels is told, not written without a category', async () => {
  await expect(read([makeDetections(0, [makeObject('spoon & fork')])])).rejects.toMatchObject({
    code: 'ERR_LABELS',
    message: expect.stringContaining('"spoon & fork" has no category'),
  });
});
