import type { TensorInfo } from '@deepffmpeg/models';
import { expect, test } from 'vitest';
import { likelyHeads } from '../../src/heads/likely-heads.js';

const output = (shape: TensorInfo['shape'], name = 'output'): TensorInfo => ({
  name,
  type: 'float32',
  shape,
});
const square = (side: number) => ({ width: side, height: side });

test.each([
  { heads: ['yolox', 'yolox-decoded'], side: 416, outputs: [output([1, 3549, 85])] },
  { heads: ['yolov8'], side: 640, outputs: [output(['batch', 84, 8400], 'output0')] },
  { heads: ['yolov5'], side: 640, outputs: [output([1, 25200, 85])] },
  { heads: ['ssd'], side: 300, outputs: [output([1, 1, 100, 7])] },
  { heads: ['yolov4', 'yolov3'], side: 416, outputs: [output([1, 255, 13, 13]), output([1, 255, 26, 26])] },
  {
    heads: ['detr'],
    side: 640,
    outputs: [output(['batch', 300, 80], 'logits'), output(['batch', 300, 4], 'pred_boxes')],
  },
])('knows $heads', ({ heads, side, outputs }) => {
  expect(likelyHeads(outputs, square(side))).toEqual(heads);
});

test.each([
  { outputs: [] },
  { outputs: [output([1, 1000])] },
  { outputs: [output(['batch', 'boxes', 85])] },
  { outputs: [output([1, 100, 4], 'boxes'), output([1, 100], 'scores')] },
])('knows nothing of $outputs', ({ outputs }) => {
  expect(likelyHeads(outputs, square(640))).toEqual([]);
});
