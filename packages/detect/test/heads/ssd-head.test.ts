import { expect, test } from 'vitest';
import { detectWith, grey } from './detect-with.js';

const row = (...numbers: [number, number, number, number, number, number, number]) => numbers;
const made = (...rows: readonly number[][]) => ({
  fixedBatch: 1,
  outputs: [{ name: 'detection_out', shape: [1, rows.length, 7], data: rows.flat() }],
});

test('decodes edges from 0 to 1, and ends at a negative index of the picture', async () => {
  const model = made(
    row(0, 1, 0.9, 0.25, 0.5, 0.5, 0.75),
    row(0, 0, 0.2, 0, 0, 1, 1),
    row(0, 0, 0.8, -0.5, 0, 2, 1),
    row(-1, 0, 0, 0, 0, 0, 0),
    row(0, 1, 0.7, 0, 0, 1, 1),
  );
  expect(await detectWith(model, { head: 'ssd' }, [grey(0, 64, 32)])).toEqual([
    [
      { label: 'b', confidence: 0.9, box: [16, 16, 16, 8] },
      { label: 'a', confidence: 0.8, box: [0, 0, 64, 32] },
    ],
  ]);
});

test('leaves boxes that overlap, since the network has dropped what repeats', async () => {
  const model = made(row(0, 1, 0.9, 0, 0, 1, 1), row(0, 1, 0.8, 0, 0, 1, 1));
  expect((await detectWith(model, { head: 'ssd' }))[0]).toHaveLength(2);
});

test('reports a class without a label, and a picture that was not given', async () => {
  const model = made(row(0, 2, 0.9, 0, 0, 1, 1));
  await expect(detectWith(model, { head: 'ssd' })).rejects.toMatchObject({
    code: 'ERR_MODEL_CONFIG',
    message: expect.stringContaining('class 2, but there are 2 labels'),
  });
  await expect(detectWith(made(row(1, 0, 0.9, 0, 0, 1, 1)), { head: 'ssd' })).rejects.toMatchObject({
    code: 'ERR_MODEL_OUTPUT',
  });
});

test('reports numbers that are not finite', async () => {
  const model = made(row(0, 1, 0.9, 0, 0, Number.POSITIVE_INFINITY, 1));
  await expect(detectWith(model, { head: 'ssd' })).rejects.toMatchObject({ code: 'ERR_MODEL_OUTPUT' });
});

test('refuses other outputs', async () => {
  const model = { outputs: [{ name: 'output', shape: [2, 7], data: new Array(14).fill(0) }] };
  await expect(detectWith(model, { head: 'ssd' })).rejects.toThrow('[1, 1, boxes, 7]');
});
