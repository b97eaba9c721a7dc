import { expect, test } from 'vitest';
import { detectWith, grey } from './detect-with.js';

/** Grids of 4x4, 2x2 and 1 cell on 32 pixels, two classes. */
const rows = 21;
const answer = (cells: Readonly<Record<number, readonly number[]>>) =>
  Array.from({ length: rows }, (_, i) => cells[i] ?? [0, 0, 0, 0, 0, 0, 0]).flat();
const made = (data: readonly number[], slope?: readonly number[]) => ({
  outputs: [{ name: 'output', shape: [rows, 7], data, slope }],
});

test('decodes the cell of each grid', async () => {
  const data = answer({
    6: [0.5, 0.25, 0, Math.log(0.5), 0.9, 0.1, 1], // stride 8, row 1, column 2
    17: [0, 0, Math.log(0.5), Math.log(0.25), 0.8, 1, 0], // stride 16, row 0, column 1
    20: [0.5, 0.5, Math.log(0.5), Math.log(0.5), 0.5, 0.8, 0.7], // stride 32
  });
  expect(await detectWith(made(data), { head: 'yolox', confidence: 0.35 })).toEqual([
    [
      { label: 'b', confidence: 0.9, box: [16, 8, 8, 4] },
      { label: 'a', confidence: 0.8, box: [12, 0, 8, 2] },
      { label: 'a', confidence: 0.4, box: [8, 8, 16, 16] },
    ],
  ]);
});

test('gives regions in pixels of each picture of a batch, and scores of each', async () => {
  const data = answer({ 20: [0.5, 0.5, Math.log(0.5), Math.log(0.5), 0.5, 1, 0] });
  const slope = answer({ 20: [0, 0, 0, 0, 0.001, 0, 0] });
  const found = await detectWith(made(data, slope), { head: 'yolox', letterboxValue: 200 }, [
    grey(100, 64, 64),
    grey(200, 96, 32),
  ]);
  expect(found).toEqual([
    [{ label: 'a', confidence: 0.6, box: [16, 16, 32, 32] }],
    [{ label: 'a', confidence: 0.7, box: [24, 24, 48, 8] }],
  ]);
});

test('a confidence that is just reached counts', async () => {
  const data = answer({ 20: [0.5, 0.5, -1, -1, 0.5, 0.5, 0] });
  expect(await detectWith(made(data), { head: 'yolox', confidence: 0.25 })).toMatchObject([
    [{ confidence: 0.25 }],
  ]);
  expect(await detectWith(made(data), { head: 'yolox', confidence: 0.26 })).toEqual([[]]);
});

test('refuses labels that are not as many as classes, and strides that do not fit, saying what was expected', async () => {
  const model = made(answer({}));
  await expect(detectWith(model, { head: 'yolox', labels: ['a'] })).rejects.toMatchObject({
    code: 'ERR_MODEL_CONFIG',
    message: expect.stringContaining('output: float32 [batch, 21, 7]'),
  });
  await expect(detectWith(model, { head: 'yolox', labels: ['a'] })).rejects.toThrow('5 + 1 labels');
  await expect(detectWith(model, { head: 'yolox', strides: [8, 16] })).rejects.toThrow('strides 8, 16');
  await expect(detectWith(model, { head: 'yolox', strides: [5] })).rejects.toThrow('stride 5');
});

test('a size beyond all numbers is cut to the picture', async () => {
  const data = answer({ 20: [0.5, 0.5, 1000, 1000, 0.9, 1, 0], 3: [0.5, 0.5, 1000, 1000, 0.8, 1, 0] });
  expect(await detectWith(made(data), { head: 'yolox' })).toMatchObject([[{ box: [0, 0, 32, 32] }, {}]]);
});

test('reports numbers that are not finite', async () => {
  const data = answer({ 3: [0, 0, 0, 0, Number.NaN, 0, 0] });
  await expect(detectWith(made(data), { head: 'yolox' })).rejects.toMatchObject({ code: 'ERR_MODEL_OUTPUT' });
});
