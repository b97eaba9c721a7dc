import { expect, test } from 'vitest';
import { detectWith, grey } from './detect-with.js';

/** Three boxes of two classes, one in each column. */
const data = [
  [10, 20, 16],
  [10, 20, 16],
  [4, 8, 16],
  [8, 4, 16],
  [0.9, 0.1, 0.2],
  [0.2, 0.8, 0.29],
].flat();
const made = { outputs: [{ name: 'output0', shape: [6, 3], data }] };

test('decodes centre and size in pixels, and takes the best class', async () => {
  expect(await detectWith(made, { head: 'yolov8' })).toEqual([
    [
      { label: 'a', confidence: 0.9, box: [8, 6, 4, 8] },
      { label: 'b', confidence: 0.8, box: [16, 18, 8, 4] },
    ],
  ]);
});

test('takes the centred border off', async () => {
  const found = await detectWith(made, { head: 'yolov8', confidence: 0.85 }, [grey(0, 64, 32), grey(0)]);
  expect(found).toEqual([
    [{ label: 'a', confidence: 0.9, box: [16, 0, 8, 12] }], // 8 pixels above are border
    [{ label: 'a', confidence: 0.9, box: [8, 6, 4, 8] }],
  ]);
});

test('refuses labels that are not as many as classes', async () => {
  await expect(detectWith(made, { head: 'yolov8', labels: ['a', 'b', 'c'] })).rejects.toMatchObject({
    code: 'ERR_MODEL_CONFIG',
    message: expect.stringContaining('[batch, 7, boxes] (4 + 3 labels)'),
  });
});
