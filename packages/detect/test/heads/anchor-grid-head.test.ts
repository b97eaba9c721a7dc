import type { MadeDetector } from '@deepffmpeg/test-kit';
import { describe, expect, test } from 'vitest';
import { detectWith, grey } from './detect-with.js';

const row = 7; // two classes
const logit = (probability: number) => Math.log(probability / (1 - probability));
const nothing = [0, 0, 0, 0, -10, 0, 0];
/** Centre within the cell, size in anchors, objectness, classes. */
const box = (
  x: number,
  y: number,
  width: number,
  height: number,
  ...probabilities: [number, number, number]
) => [...[x, y].map(logit), ...[width, height].map(Math.log), ...probabilities.map(logit)];

/** A grid of `side` cells a side and two anchors, with boxes by cell and anchor. */
function gridOf(
  name: string,
  side: number,
  boxes: Readonly<Record<string, readonly number[]>>,
  isChannelsFirst: boolean,
) {
  const cells = side * side;
  const rows = Array.from({ length: cells * 2 }, (_, i) => boxes[`${Math.floor(i / 2)},${i % 2}`] ?? nothing);
  const last = rows.flat();
  const channels = 2 * row;
  const first = Array.from(
    { length: last.length },
    (_, i) => last[(i % cells) * channels + Math.floor(i / cells)]!,
  );
  return isChannelsFirst
    ? { name, shape: [channels, side, side], data: first }
    : { name, shape: [side, side, channels], data: last };
}

const made = (isChannelsFirst: boolean): MadeDetector => ({
  outputs: [
    gridOf('fine', 2, { '3,1': box(0.25, 0.5, 1, 2, 0.9, 0.6, 0.5) }, isChannelsFirst),
    gridOf('coarse', 1, { '0,0': box(0.5, 0.5, 0.5, 1, 0.8, 0.1, 0.9) }, isChannelsFirst),
  ],
});
const [small, large] = [
  [
    [2, 2],
    [4, 4],
  ],
  [
    [16, 16],
    [24, 24],
  ],
] as const;
const expected = [
  { label: 'b', confidence: 0.72, box: [12, 8, 8, 16] },
  { label: 'a', confidence: 0.54, box: [18, 20, 4, 8] },
];

describe.each(['yolov4', 'yolov3'] as const)('%s', (head) => {
  test.each([true, false])('decodes the boxes of each cell (channels first: %s)', async (isChannelsFirst) => {
    const options = { head, anchors: [...small, ...large] };
    expect(await detectWith(made(isChannelsFirst), options, [grey(0), grey(0)])).toEqual([
      expected,
      expected,
    ]);
  });
});

test('the order of groups of anchors does not matter', async () => {
  const options = { head: 'yolov4', anchors: [...large, ...small] } as const;
  expect(await detectWith(made(true), options)).toEqual([expected]);
});

test('with anchors for one grid, the coarsest alone is read', async () => {
  expect(await detectWith(made(true), { head: 'yolov4', anchors: large })).toEqual([expected.slice(0, 1)]);
});

test('refuses anchors, labels and strides that do not fit, saying what was expected', async () => {
  const model = made(true);
  const options = { head: 'yolov4', anchors: [...small, ...large] } as const;
  await expect(detectWith(model, { ...options, anchors: undefined })).rejects.toMatchObject({
    code: 'ERR_MODEL_CONFIG',
    message: expect.stringContaining(
      '2 anchors for each of 2 grids were expected (or 2, for the coarsest alone), none came',
    ),
  });
  await expect(
    detectWith(model, {
      ...options,
      anchors: [
        [1, 1],
        [2, 2],
        [3, 3],
      ],
    }),
  ).rejects.toThrow('3 came');
  await expect(detectWith(model, { ...options, labels: ['a', 'b', 'c'] })).rejects.toThrow('5 + 3 labels');
  await expect(detectWith(model, { ...options, strides: [8, 16] })).rejects.toThrow('strides 8, 16');
  await expect(detectWith(model, { ...options, anchors: [[0, 1]] })).rejects.toMatchObject({
    code: 'ERR_INVALID_OPTIONS',
  });
});
