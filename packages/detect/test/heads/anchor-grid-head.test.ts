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
/** The centre of the second lies a quarter of a cell of 16 pixels off the middle: the farther, the more `scaleXY` spreads cells. */
const found = (scaleXY: number) => [
  { label: 'b', confidence: 0.72, box: [12, 8, 8, 16] },
  { label: 'a', confidence: 0.54, box: [Math.round((22 - 4 * scaleXY) * 1e4) / 1e4, 20, 4, 8] },
];

describe.each([
  { head: 'yolov4', expected: found(1.05) },
  { head: 'yolov3', expected: found(1) },
] as const)('$head', ({ head, expected }) => {
  test.each([true, false])('decodes the boxes of each cell (channels first: %s)', async (isChannelsFirst) => {
    const options = { head, anchors: [...small, ...large] };
    expect(await detectWith(made(isChannelsFirst), options, [grey(0), grey(0)])).toEqual([
      expected,
      expected,
    ]);
  });
});

test('a size beyond all numbers is cut to the picture', async () => {
  const coarse = gridOf('coarse', 1, { '0,0': [0, 0, 1000, 1000, 5, 5, 0] }, true);
  const model = { outputs: [coarse] };
  expect(await detectWith(model, { head: 'yolov3', anchors: large })).toMatchObject([
    [{ box: [0, 0, 32, 32] }],
  ]);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY])('reports %s', async (value) => {
  const coarse = gridOf('coarse', 1, { '0,1': [0, 0, 0, 0, 0, 0, value] }, true);
  await expect(detectWith({ outputs: [coarse] }, { head: 'yolov3', anchors: large })).rejects.toMatchObject({
    code: 'ERR_MODEL_OUTPUT',
  });
});

test('the order of groups of anchors does not matter', async () => {
  const options = { head: 'yolov4', anchors: [...large, ...small] } as const;
  expect(await detectWith(made(true), options)).toEqual([found(1.05)]);
});

describe('scaleXY', () => {
  const anchors = [...small, ...large];

  test.each([
    { scaleXY: [1.2], spread: 1.2 },
    { scaleXY: [1.5, 1], spread: 1.5 },
    { scaleXY: [1, 1.5], spread: 1 },
  ])('$scaleXY goes to the grids from the finest on', async ({ scaleXY, spread }) => {
    const boxes = await detectWith(made(true), { head: 'yolov4', anchors, scaleXY });
    expect(boxes).toEqual([found(spread)]);
  });

  test("is that of darknet's yolov4 where there are three grids", async () => {
    const grid = (name: string, side: number) => {
      const first = [0.25, 0.5].map(logit).concat([0, 0], [0.9, 0.9, 0.1].map(logit)); // a quarter off the middle
      const cells = Array.from({ length: side * side }, (_, cell) => (cell === 0 ? first : nothing));
      return { name, shape: [side, side, row], data: cells.flat() };
    };
    const model = { outputs: [grid('fine', 4), grid('middle', 2), grid('coarse', 1)] };
    const sizes = [2, 4, 8].map((side): [number, number] => [side, side]);
    const [boxes = []] = await detectWith(model, { head: 'yolov4', anchors: sizes });
    const centres = new Map(boxes.map(({ box: [x = 0, , width = 0] }) => [width, x + width / 2]));
    expect(centres.get(2)).toBeCloseTo(8 * (0.5 - 0.25 * 1.2));
    expect(centres.get(4)).toBeCloseTo(16 * (0.5 - 0.25 * 1.1));
    expect(centres.get(8)).toBeCloseTo(32 * (0.5 - 0.25 * 1.05));
  });

  test('of another number than grids is refused', async () => {
    const options = { head: 'yolov4', anchors, scaleXY: [1, 1, 1] } as const;
    await expect(detectWith(made(true), options)).rejects.toMatchObject({
      code: 'ERR_MODEL_CONFIG',
      message: expect.stringContaining('scaleXY has 3 numbers: one was expected, or one for each of 2 grids'),
    });
    await expect(detectWith(made(true), { ...options, scaleXY: [0.5] })).rejects.toMatchObject({
      code: 'ERR_INVALID_OPTIONS',
    });
  });
});

test('with anchors for one grid, the coarsest alone is read', async () => {
  expect(await detectWith(made(true), { head: 'yolov4', anchors: large })).toEqual([found(1).slice(0, 1)]);
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
  await expect(detectWith(model, { ...options, anchors: [...small, ...large, ...large] })).rejects.toThrow(
    '6 came',
  );
  await expect(detectWith(model, { ...options, labels: ['a', 'b', 'c'] })).rejects.toThrow('5 + 3 labels');
  await expect(detectWith(model, { ...options, strides: [8, 16] })).rejects.toThrow('strides 8, 16');
  await expect(detectWith(model, { ...options, anchors: [[0, 1]] })).rejects.toMatchObject({
    code: 'ERR_INVALID_OPTIONS',
  });
});
