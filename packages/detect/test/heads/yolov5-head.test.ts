import { expect, test } from 'vitest';
import { detectWith, grey } from './detect-with.js';

/** Two boxes of two classes, one in each row. */
const data = [10, 10, 4, 8, 0.9, 1, 0.2, 20, 18, 8, 4, 0.8, 0.1, 0.5];
const made = { outputs: [{ name: 'output0', shape: [2, 7], data }] };

test('decodes centre and size in pixels; the score is objectness times class', async () => {
  expect(await detectWith(made, { head: 'yolov5' }, [grey(0), grey(0, 64, 64)])).toEqual([
    [
      { label: 'a', confidence: 0.9, box: [8, 6, 4, 8] },
      { label: 'b', confidence: 0.4, box: [16, 16, 8, 4] },
    ],
    [
      { label: 'a', confidence: 0.9, box: [16, 12, 8, 16] },
      { label: 'b', confidence: 0.4, box: [32, 32, 16, 8] },
    ],
  ]);
});

test('reads YOLOX that decodes itself, with the border of YOLOX', async () => {
  expect(await detectWith(made, { head: 'yolox-decoded' }, [grey(0, 64, 32)])).toEqual([
    [{ label: 'a', confidence: 0.9, box: [16, 12, 8, 16] }], // the other lies in the border
  ]);
});

test('refuses labels that are not as many as classes', async () => {
  await expect(detectWith(made, { head: 'yolov5', labels: ['a'] })).rejects.toMatchObject({
    code: 'ERR_MODEL_CONFIG',
    message: expect.stringContaining('[batch, boxes, 6] (5 + 1 labels)'),
  });
});
