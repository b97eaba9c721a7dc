import { expect, test } from 'vitest';
import { createInputWriter } from '../src/create-input-writer.js';
import { placeInInput } from '../src/place-in-input.js';

const picture = { width: 2, height: 1, data: Uint8Array.of(10, 20, 30, 40, 50, 60) };
const input = { width: 2, height: 2, isChannelsFirst: true };
const plain = {
  scale: 1,
  mean: [0, 0, 0],
  std: [1, 1, 1],
  letterboxValue: 114,
  resize: 'bilinear',
} as const;

const write = (settings: Partial<Parameters<typeof createInputWriter>[0]>, isChannelsFirst = true) => {
  const target = new Float32Array(13);
  const placement = placeInInput(picture, input, 'letterbox-top-left');
  createInputWriter({ ...plain, channels: 'RGB', ...settings }, { ...input, isChannelsFirst })(
    picture,
    placement,
    target,
    1,
  );
  return [...target];
};

test('writes planes of red, green and blue, with a border', () => {
  expect(write({})).toEqual([0, 10, 40, 114, 114, 20, 50, 114, 114, 30, 60, 114, 114]);
});

test('puts the picture where it is placed', () => {
  const target = new Float32Array(27);
  const large = { width: 3, height: 3, isChannelsFirst: true };
  const placement = { width: 2, height: 1, left: 1, top: 2, scaleX: 1, scaleY: 1 };
  createInputWriter({ ...plain, channels: 'RGB' }, large)(picture, placement, target, 0);
  expect([...target.slice(0, 9)]).toEqual([114, 114, 114, 114, 114, 114, 114, 10, 40]);
});

test('writes the colours of a pixel side by side where channels come last', () => {
  expect(write({}, false)).toEqual([0, 10, 20, 30, 40, 50, 60, 114, 114, 114, 114, 114, 114]);
  expect(write({ channels: 'BGR' }, false).slice(1, 7)).toEqual([30, 20, 10, 60, 50, 40]);
});

test('leaves nothing of an earlier picture in the border, on any side', () => {
  const [width, height] = [5, 4];
  const placement = { width: 2, height: 1, left: 1, top: 2, scaleX: 1, scaleY: 1 };
  for (const isChannelsFirst of [true, false]) {
    const target = new Float32Array(3 * width * height).fill(-1);
    const writer = createInputWriter({ ...plain, channels: 'RGB' }, { width, height, isChannelsFirst });
    writer(picture, placement, target, 0);
    expect(target.filter((value) => value === 114)).toHaveLength(3 * (width * height - 2));
  }
});

test.each([
  ['bilinear', [20, 0]],
  ['antialiased-bilinear', [24, 0]],
] as const)('resizes by the %s kernel', (resize, expected) => {
  // Shrunk by four, the plain kernel sees the two pixels in the middle of four, the antialiased one all around.
  const row = { width: 8, height: 1, data: new Uint8Array(24) };
  row.data.fill(80, 0, 3);
  row.data.fill(40, 3, 6);
  const placement = placeInInput(row, { width: 2, height: 1 }, 'stretch');
  const target = new Float32Array(6);
  const settings = { ...plain, channels: 'RGB', resize } as const;
  createInputWriter(settings, { width: 2, height: 1, isChannelsFirst: true })(row, placement, target, 0);
  expect([...target.slice(0, 2)]).toEqual(expected);
});

test('writes blue first for BGR', () => {
  expect(write({ channels: 'BGR' }).slice(1, 5)).toEqual([30, 60, 114, 114]);
});

test('scales, then takes the mean off and divides, in the order of the network', () => {
  const written = write({ channels: 'BGR', scale: 2, mean: [10, 0, 0], std: [5, 1, 1], letterboxValue: 0 });
  expect(written.slice(1, 7)).toEqual([10, 22, -2, -2, 40, 100]);
});
