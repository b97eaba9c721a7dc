import {
  type Detection,
  labelSetOf,
  makeLabels,
  type Picture,
  type Region,
  type Scores,
} from '@deepffmpeg/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawObjects, formatPicture } from '../src/index.js';

const grey = (width = 320, height = 180): Picture => ({
  width,
  height,
  data: new Uint8Array(3 * width * height).fill(128),
});
const object = (label: string, region: Partial<Region> = {}, more: Partial<Detection> = {}): Detection => ({
  label,
  confidence: 0.9,
  region: { x: 100, y: 80, width: 120, height: 60, ...region },
  ...more,
});
const scoresOf = (name: string, labels: readonly string[], probabilities: readonly number[]): Scores => ({
  type: 'scores',
  source: 'made',
  timestamp: 0,
  durationSeconds: 0,
  modality: 'vision',
  model: 'made',
  labelSet: labelSetOf(makeLabels(labels, name)),
  probabilities: Float32Array.from(probabilities),
});
const pixel = ({ width, data }: Picture, x: number, y: number) => [
  ...data.slice(3 * (y * width + x), 3 * (y * width + x) + 3),
];
const [RED, YELLOW, BLACK, GREY] = [
  [255, 0, 0],
  [255, 255, 0],
  [0, 0, 0],
  [128, 128, 128],
];

/** Where pixels are of this colour: left, top, right and bottom, the last ones inclusive. */
function boundsOf(picture: Picture, colour: readonly number[]): [number, number, number, number] | undefined {
  const places = Array.from({ length: picture.width * picture.height }, (_, i) => [
    i % picture.width,
    Math.floor(i / picture.width),
  ]).filter(([x, y]) => pixel(picture, x!, y!).every((value, i) => value === colour[i])) as [
    number,
    number,
  ][];
  if (places.length === 0) return undefined;
  const [xs, ys] = [places.map(([x]) => x), places.map(([, y]) => y)];
  const least = (list: readonly number[]) => list.reduce((a, b) => Math.min(a, b));
  const most = (list: readonly number[]) => list.reduce((a, b) => Math.max(a, b));
  return [least(xs), least(ys), most(xs), most(ys)];
}

test('draws a box along the region and a plate with text above it, on a copy', async () => {
  const picture = grey();
  const drawn = await drawObjects(picture, [object('dog', { trackId: 3 })]);
  expect(picture.data.every((value) => value === 128)).toBe(true);
  expect([drawn.width, drawn.height, drawn.data.length]).toEqual([320, 180, 3 * 320 * 180]);
  expect(boundsOf(drawn, RED)).toEqual([100, 80, 219, 139]);
  expect([pixel(drawn, 100, 139), pixel(drawn, 101, 138), pixel(drawn, 102, 137)]).toEqual([RED, RED, GREY]);
  const [left, top, right, bottom] = boundsOf(drawn, YELLOW)!;
  expect([left, bottom]).toEqual([100, 79]); // the line around the plate, right above the box
  expect(bottom - top + 1).toBe(25 + 2 * 4); // one line and what is around it
  expect(pixel(drawn, left + 2, top + 2)).toEqual(BLACK);
  expect(right).toBeGreaterThan(190);
  const text = Array.from({ length: 25 * (right - left) }, (_, i) =>
    pixel(drawn, left + 4 + (i % (right - left - 7)), top + 4 + Math.floor(i / (right - left))),
  );
  expect(text.filter((values) => values[0] === 255 && values[1] === 255).length).toBeGreaterThan(200);
});

test('takes colours and sizes', async () => {
  const style = { boxColor: '#0000ff', textColor: 'black', borderColor: 'lime', fontSize: 40 };
  const drawn = await drawObjects(grey(), [object('dog')], style);
  expect(boundsOf(drawn, [0, 0, 255])).toEqual([100, 80, 219, 139]);
  expect(pixel(drawn, 103, 90)).toEqual([0, 0, 255]); // a tenth of 40 wide
  expect(pixel(drawn, 104, 90)).not.toEqual([0, 0, 255]);
  const [left, top, , bottom] = boundsOf(drawn, [0, 255, 0])!;
  expect(bottom - top + 1).toBe(50 + 2 * 8);
  expect(pixel(drawn, left + 5, top + 5)).toEqual([255, 255, 255]); // black shows on white
});

test('writes below that what each label set reports, from the confidence on', async () => {
  const scores = [
    scoresOf('mood', ['happy', 'sad', 'angry'], [0.6, 0.3, 0.1]),
    scoresOf('look', ['old', 'new'], [0.5, 0.5]),
  ];
  const linesAt = async (confidence?: number, mostLabels?: number) => {
    const style = { confidence, mostLabels };
    const drawn = await drawObjects(grey(400, 400), [object('dog', { y: 300 }, { scores })], style);
    const [, top, , bottom] = boundsOf(drawn, YELLOW)!;
    return (bottom - top + 1 - 8) / 25;
  };
  expect(await linesAt()).toBe(1 + 2 + 2);
  expect(await linesAt(0.55)).toBe(1 + 1);
  expect(await linesAt(0)).toBe(1 + 3 + 2);
  expect(await linesAt(0, 1)).toBe(1 + 1 + 1);
});

test('keeps text within the picture, whatever the region', async () => {
  const coordinate = fc.double({ min: -500, max: 500, noNaN: true });
  await fc.assert(
    fc.asyncProperty(coordinate, coordinate, coordinate, coordinate, async (x, y, width, height) => {
      const drawn = await drawObjects(grey(), [object('a dog', { x, y, width, height })]);
      const isSeen = width > 0 && height > 0 && x < 320 && y < 180 && x + width > 0 && y + height > 0;
      const bounds = boundsOf(drawn, YELLOW);
      expect(bounds === undefined).toBe(!isSeen);
      if (bounds === undefined) return;
      const [left, top, right, bottom] = bounds;
      expect([right - left > 100, bottom - top]).toEqual([true, 32]);
    }),
    { numRuns: 40 },
  );
});

test('draws the first object over the others', async () => {
  const drawn = await drawObjects(grey(), [object('a'), object('much longer')]);
  const alone = await drawObjects(grey(), [object('a')]);
  for (let x = 100; x < 130; x++) expect(pixel(drawn, x, 60)).toEqual(pixel(alone, x, 60));
});

test('cuts a long label, not its numbers', async () => {
  const long = await drawObjects(grey(), [object('very '.repeat(2000), { trackId: 12 })]);
  const [left, , right, bottom] = boundsOf(long, YELLOW)!;
  expect([left >= 0, right <= 319, right - left > 290]).toEqual([true, true, true]);
  const numbers = await drawObjects(grey(), [object('', { trackId: 12 })]);
  const [from, , to] = boundsOf(numbers, YELLOW)!;
  for (let i = 4; i < to - from - 8; i++) {
    for (let y = bottom - 30; y < bottom - 2; y++)
      expect(pixel(long, right - i, y), `${i} ${y}`).toEqual(pixel(numbers, to - i, y));
  }
});

test('takes pictures of any size, and regions that are none', async () => {
  const odd = [
    object('dog', { x: Number.NaN }),
    object('dog', { width: Infinity }),
    object('dog', { x: 1e300 }),
  ];
  for (const [width, height] of [
    [1, 1],
    [2, 200],
    [300, 1],
  ] as const) {
    const drawn = await drawObjects(grey(width, height), [object('dog', { x: 0, y: 0 }), ...odd]);
    expect(drawn.data).toHaveLength(3 * width * height);
  }
  expect((await drawObjects(grey(), [])).data).toEqual(grey().data);
});

test('takes any label', async () => {
  const label = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom('<b>', '&', '%', '\0', '👩‍👩‍👧', 'שלום'),
  );
  await fc.assert(
    fc.asyncProperty(label, async (text) => {
      const drawn = await drawObjects(grey(), [
        object(text, {}, { scores: [scoresOf('set', ['x', `${text}y`], [0.1, 0.9])] }),
      ]);
      expect(boundsOf(drawn, RED)).toEqual([100, 80, 219, 139]);
    }),
    { numRuns: 40 },
  );
});

test('refuses what is no colour, size or option at once', async () => {
  const draw = (style: object) => drawObjects(grey(), [], style);
  await expect(draw({ boxColor: 'rad' })).rejects.toMatchObject({
    code: 'ERR_INVALID_OPTIONS',
    message: 'boxColor: a colour was expected, such as red, #ff0000 or #ff000080, not "rad"',
  });
  await expect(draw({ textColor: '#ff' })).rejects.toThrow(/textColor/);
  await expect(draw({ borderColor: 7 })).rejects.toThrow(/borderColor/);
  await expect(draw({ fontSize: 5 })).rejects.toThrow(/fontSize/);
  await expect(draw({ fontSize: 201 })).rejects.toThrow(/fontSize/);
  await expect(draw({ confidence: 1.1 })).rejects.toThrow(/confidence/);
  await expect(draw({ mostLabels: 0 })).rejects.toThrow(/mostLabels/);
  await expect(draw({ colour: 'red' })).rejects.toMatchObject({ code: 'ERR_INVALID_OPTIONS' });
});

test('pixels with an alpha channel are drawn on and written by nobody', async () => {
  const picture = { width: 4, height: 2, data: new Uint8Array(32) };
  const refusal = { code: 'ERR_MISMATCH' };
  await expect(drawObjects(picture, [])).rejects.toMatchObject(refusal);
  await expect(formatPicture(picture, { format: 'png' })).rejects.toMatchObject(refusal);
});
