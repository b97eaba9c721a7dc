import type { Session, TensorInfo } from '@deepffmpeg/models';
import { expect, test } from 'vitest';
import { networkInput } from '../src/network-input.js';

const image = (shape: TensorInfo['shape'], type = 'float32'): TensorInfo => ({ name: 'images', type, shape });

/** Only what the file declares counts here. */
const sessionOf = (...inputs: readonly TensorInfo[]): Pick<Session, 'path' | 'inputs'> => ({
  path: 'made.onnx',
  inputs,
});

test.each([
  { shape: [1, 3, 32, 48], isChannelsFirst: true },
  { shape: [1, 32, 48, 3], isChannelsFirst: false },
  { shape: [1, 'channels', 32, 48], isChannelsFirst: true },
  { shape: [1, 32, 48, 'channels'], isChannelsFirst: undefined },
  { shape: [1, 'height', 'width', 3], isChannelsFirst: false },
  { shape: [1, 'a', 'b', 'c'], isChannelsFirst: true },
  { shape: [1, 3, 32, 3], isChannelsFirst: true },
])('tells the layout of $shape by its 3', ({ shape, isChannelsFirst }) => {
  const isOpen = shape.includes('width') || shape.includes('b');
  const read = () =>
    networkInput(sessionOf(image(shape)), isOpen ? { inputSize: { width: 48, height: 32 } } : {});
  if (isChannelsFirst === undefined) expect(read).toThrow('one float32 input');
  else expect(read()).toMatchObject({ name: 'images', height: 32, isChannelsFirst, fixedBatch: 1 });
});

test('leaves the number of pictures open where the file does', () => {
  expect(networkInput(sessionOf(image(['batch', 3, 32, 48])), {})).not.toHaveProperty('fixedBatch');
});

test.each([
  { inputs: [] },
  { inputs: [image([1, 3, 32, 32]), image([1, 2])] },
  { inputs: [image([1, 3, 32, 32], 'uint8')] },
  { inputs: [image([1, 1, 32, 32])] },
  { inputs: [image([1, 32, 32, 4])] },
  { inputs: [image([3, 32, 32])] },
  { inputs: [image([1, 3, 1, 32, 32])] },
])('refuses $inputs, saying what was expected', ({ inputs }) => {
  expect(() => networkInput(sessionOf(...inputs), {})).toThrow(
    expect.objectContaining({
      code: 'ERR_MODEL_CONFIG',
      message: expect.stringMatching(
        /^made\.onnx takes .*\[batch, 3, height, width\] or \[batch, height, width, 3\]/,
      ),
    }),
  );
});

test.each([
  { shape: [1, 3, 'height', 'width'], inputSize: undefined, message: 'give inputSize' },
  { shape: [1, 3, 32, 'width'], inputSize: { width: 48, height: 64 }, message: 'takes pictures of 48x32' },
  { shape: [1, 32, 48, 3], inputSize: { width: 32, height: 48 }, message: 'takes pictures of 48x32' },
])('refuses inputSize $inputSize for $shape', ({ shape, inputSize, message }) => {
  expect(() => networkInput(sessionOf(image(shape)), { inputSize })).toThrow(message);
});

test.each([
  [[1, 3, 65_536, 65_536], /pictures of 65536x65536; 1 to 8192/],
  [[1, 3, 0, 32], /pictures of 32x0; 1 to 8192/],
  [[0, 3, 32, 32], /takes 0 pictures at a time; 1 to 256/],
  [[1000, 3, 32, 32], /takes 1000 pictures at a time/],
])('refuses %j, which a file may declare', (shape, message) => {
  expect(() => networkInput(sessionOf(image(shape)), {})).toThrow(message);
});
