import { expect, test } from 'vitest';
import {
  describeTensors,
  embeddingLength,
  embeddingOutput,
  embeddingsOf,
  type Session,
  type TensorInfo,
} from '../src/index.js';

const info = (name: string, shape: TensorInfo['shape'], type = 'float32'): TensorInfo => ({
  name,
  type,
  shape,
});
const sessionOf = (...outputs: TensorInfo[]) => ({ path: 'made.onnx', outputs }) as unknown as Session; // no more is used

test('takes the embeddings, not what else there is', () => {
  const embeds = info('audio_embeds', ['batch', 4]);
  expect(embeddingOutput(sessionOf(info('last_hidden_state', ['batch', 'n', 4]), embeds))).toBe(embeds);
  const pooled = info('pooler_output', ['batch', 4]);
  expect(embeddingOutput(sessionOf(pooled))).toBe(pooled);
  for (const other of [
    info('logits', ['batch', 4]),
    info('x_embeds', [4]),
    info('x_embeds', ['b', 4], 'int64'),
  ])
    expect(() => embeddingOutput(sessionOf(other))).toThrow(describeTensors([other]));
});

test('the length is the file’s or the config’s, and both agree', () => {
  const length = (size: number | string, configured?: number) =>
    embeddingLength(sessionOf(), info('x_embeds', ['batch', size]), configured);
  expect(length(4)).toBe(4);
  expect(length(4, 4)).toBe(4);
  expect(length('n', 4)).toBe(4);
  expect(() => length(4, 5)).toThrow(/4 numbers.*says 5/);
  expect(() => length('n')).toThrow(/embeddingSize/);
});

test('rows are normalised, and of the agreed shape', () => {
  const output = info('x_embeds', ['batch', 2]);
  const take = (data: number[], shape: number[]) =>
    embeddingsOf({ x_embeds: { data: Float32Array.from(data), shape } }, output, 2, 2, 'made.onnx');
  expect([...take([3, 4, 0, 2], [2, 2])]).toEqual([expect.closeTo(0.6), expect.closeTo(0.8), 0, 1]);
  expect(() => take([3, 4], [1, 2])).toThrow(/shape \[1, 2\]; \[2, 2\] was expected/);
  expect(() => take([3, 4, Number.NaN, 1], [2, 2])).toThrow(/not finite/);
  expect(() => take([3, 4, 0, 0], [2, 2])).toThrow(/zeros/);
});
