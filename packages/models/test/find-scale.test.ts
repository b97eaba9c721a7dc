import { expect, test, vi } from 'vitest';
import { type FindScaleOptions, findScale } from '../src/find-scale.js';

const model = { path: '/models/made', name: 'made' };
const known = { logitScale: 100, logitBias: -3 } as NonNullable<FindScaleOptions['model']['known']>;
const nothing = async () => undefined;
const measured = vi.fn(async () => ({ logitScale: 61.6, logitBias: -5.7 }));

const find = (given: Partial<FindScaleOptions>) =>
  findScale({ model, activation: 'softmax', sidecar: {}, measure: nothing, ...given });

test('takes the option before the sidecar before the registry before the joint model', async () => {
  const all = { model: { ...model, known }, sidecar: { logitScale: 30 }, measure: measured };
  expect(await find({ ...all, logitScale: 7 })).toEqual({ logitScale: 7, logitBias: 0 });
  expect(await find(all)).toEqual({ logitScale: 30, logitBias: 0 });
  expect(await find({ ...all, sidecar: {} })).toEqual({ logitScale: 100, logitBias: 0 });
  expect(measured).not.toHaveBeenCalled(); // it loads a large file
  expect((await find({ measure: measured })).logitScale).toBe(61.6);
});

test('a sigmoid model needs a bias as well, each from the nearest that tells it', async () => {
  const sigmoid = { activation: 'sigmoid' } as const;
  expect(await find({ ...sigmoid, sidecar: { logitScale: 27, logitBias: -5 }, logitScale: 9 })).toEqual({
    logitScale: 9,
    logitBias: -5,
  });
  expect(await find({ ...sigmoid, logitScale: 9, measure: measured })).toEqual({
    logitScale: 9,
    logitBias: -5.7,
  });
  expect(await find({ ...sigmoid, logitBias: 0, sidecar: { logitScale: 27 } })).toEqual({
    logitScale: 27,
    logitBias: 0,
  });
  await expect(find({ ...sigmoid, logitScale: 9 })).rejects.toThrow(/bias.*logitBias/);
});

test('without any source, it names them all', async () => {
  const finding = find({});
  await expect(finding).rejects.toMatchObject({ code: 'ERR_MODEL_CONFIG' });
  await expect(finding).rejects.toThrow(/--logit-scale.*deepffmpeg\.json.*model\.onnx.*registry/s);
});
