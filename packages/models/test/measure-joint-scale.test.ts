import { join } from 'node:path';
import { makeClipFolder, makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import { openTokenizer } from '../src/index.js';
import { measureJointScale } from '../src/measure-joint-scale.js';

async function measure(file: string, joint = { scale: 61.62661, bias: 0 }) {
  const folder = await makeClipFolder(await makeTemporaryFolder(), { joint });
  return measureJointScale(about(join(folder, 'onnx', file)));
}

const about = (path: string) => ({
  path,
  openTokenizer: () => openTokenizer(join(path, '..', '..')),
  mediaShape: [3, 8, 8],
  cacheFolder: join(path, '..', 'cache'),
});

test('finds the scale and the bias', async () => {
  const clip = await measure('model.onnx');
  expect(clip.logitScale).toBeCloseTo(61.62661, 3);
  expect(clip.logitBias).toBeCloseTo(0, 3);
  const siglip = await measure('model.onnx', { scale: 112.3, bias: -16.5 });
  expect(siglip.logitScale).toBeCloseTo(112.3, 3);
  expect(siglip.logitBias).toBeCloseTo(-16.5, 3);
});

test('refuses a file that is not the joint model', async () => {
  await expect(measure('vision_model.onnx')).rejects.toMatchObject({ code: 'ERR_MODEL_CONFIG' });
  await expect(measure('text_model.onnx')).rejects.toThrow(/logits_per_image/);
});

test('refuses a scale that is none', async () => {
  await expect(measure('model.onnx', { scale: -3, bias: 0 })).rejects.toThrow(/cannot be measured/);
  await expect(measure('model.onnx', { scale: Number.NaN, bias: 0 })).rejects.toThrow(/cannot be measured/);
});

test('measures a file once', async () => {
  const folder = await makeClipFolder(await makeTemporaryFolder(), { joint: { scale: 9, bias: 0 } });
  const joint = about(join(folder, 'onnx', 'model.onnx'));
  const first = await measureJointScale(joint);
  const unused = () => Promise.reject(new Error('this was not to be asked again'));
  expect(await measureJointScale({ ...joint, openTokenizer: unused })).toEqual(first);
});
