import { expect, test } from 'vitest';
import { createInputWriter } from '../src/create-input-writer.js';
import { placeInInput } from '../src/place-in-input.js';

const picture = { width: 2, height: 1, data: Uint8Array.of(10, 20, 30, 40, 50, 60) };
const input = { width: 2, height: 2 };
const plain = { scale: 1, mean: [0, 0, 0], std: [1, 1, 1], letterboxValue: 114 } as const;

const write = (settings: Partial<Parameters<typeof createInputWriter>[0]>) => {
  const target = new Float32Array(13);
  const placement = placeInInput(picture, input, 'letterbox-top-left');
  createInputWriter({ ...plain, channels: 'RGB', ...settings }, input)(picture, placement, target, 1);
  return [...target];
};

test('writes planes of red, green and blue, with a border', () => {
  expect(write({})).toEqual([0, 10, 40, 114, 114, 20, 50, 114, 114, 30, 60, 114, 114]);
});

test('puts the picture where it is placed', () => {
  const target = new Float32Array(27);
  const large = { width: 3, height: 3 };
  const placement = { width: 2, height: 1, left: 1, top: 2, scaleX: 1, scaleY: 1 };
  createInputWriter({ ...plain, channels: 'RGB' }, large)(picture, placement, target, 0);
  expect([...target.slice(0, 9)]).toEqual([114, 114, 114, 114, 114, 114, 114, 10, 40]);
});

test('writes blue first for BGR', () => {
  expect(write({ channels: 'BGR' }).slice(1, 5)).toEqual([30, 60, 114, 114]);
});

test('scales, then takes the mean off and divides, in the order of the network', () => {
  const written = write({ channels: 'BGR', scale: 2, mean: [10, 0, 0], std: [5, 1, 1], letterboxValue: 0 });
  expect(written.slice(1, 7)).toEqual([10, 22, -2, -2, 40, 100]);
});
