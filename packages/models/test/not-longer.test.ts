import { expect, test } from 'vitest';
import { notLonger, type TensorInfo } from '../src/index.js';

const input = (name: string, type: string): TensorInfo => ({ name, type, shape: ['batch', 1] });

test('answers a model that asks, and no other', () => {
  const features = input('input_features', 'float32');
  expect(notLonger({ inputs: [features, input('is_longer', 'bool')] }, 3)).toEqual({
    is_longer: { data: new Uint8Array(3), shape: [3, 1] },
  });
  expect(notLonger({ inputs: [features] }, 3)).toEqual({});
  expect(notLonger({ inputs: [input('is_longer', 'float32')] }, 3)).toEqual({});
});
