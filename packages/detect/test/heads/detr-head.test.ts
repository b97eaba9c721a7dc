import { expect, test } from 'vitest';
import { detectWith, grey } from './detect-with.js';

const boxes = { name: 'pred_boxes', shape: [2, 4], data: [0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.5, 0.5] };
const logit = (probability: number) => Math.log(probability / (1 - probability));

test('takes a softmax where the last class is "no object"', async () => {
  const logits = [0.1, 0.7, 0.2, 0.05, 0.05, 0.9].map(Math.log);
  const model = { outputs: [{ name: 'logits', shape: [2, 3], data: logits }, boxes] };
  expect(await detectWith(model, { head: 'detr' }, [grey(0, 64, 32)])).toEqual([
    [{ label: 'b', confidence: 0.7, box: [16, 12, 32, 8] }],
  ]);
});

test('takes a sigmoid where there are as many classes as labels', async () => {
  const model = {
    outputs: [boxes, { name: 'logits', shape: [2, 2], data: [0.9, 0.1, 0.3, 0.6].map(logit) }],
  };
  expect(await detectWith(model, { head: 'detr' }, [grey(0), grey(0)])).toEqual([
    [
      { label: 'a', confidence: 0.9, box: [8, 12, 16, 8] },
      { label: 'b', confidence: 0.6, box: [0, 0, 16, 16] },
    ],
    [
      { label: 'a', confidence: 0.9, box: [8, 12, 16, 8] },
      { label: 'b', confidence: 0.6, box: [0, 0, 16, 16] },
    ],
  ]);
});

test('large logits overflow nothing', async () => {
  const data = [500, -500, -500, -500, -500, 500];
  const model = { outputs: [{ name: 'logits', shape: [2, 3], data }, boxes] };
  expect(await detectWith(model, { head: 'detr' })).toMatchObject([[{ label: 'a', confidence: 1 }]]);
});

test('reports numbers that are not finite', async () => {
  const data = [0, Number.NaN, 0, 0, 0, 0];
  const model = { outputs: [{ name: 'logits', shape: [2, 3], data }, boxes] };
  await expect(detectWith(model, { head: 'detr' })).rejects.toMatchObject({ code: 'ERR_MODEL_OUTPUT' });
});

test('refuses labels that are not as many as classes, and other outputs', async () => {
  const model = { outputs: [{ name: 'logits', shape: [2, 4], data: new Array(8).fill(0) }, boxes] };
  await expect(detectWith(model, { head: 'detr' })).rejects.toMatchObject({
    code: 'ERR_MODEL_CONFIG',
    message: expect.stringContaining('[batch, queries, 2 or 3]'),
  });
  await expect(detectWith({ outputs: [boxes] }, { head: 'detr' })).rejects.toThrow('"logits"');
});
