import type { KnownModel } from '@deepffmpeg/models';
import { makeClipFolder, makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import { readClipConfig } from '../src/read-clip-config.js';

const known: KnownModel = {
  name: 'made',
  task: 'clip',
  licence: 'MIT',
  promptTemplate: 'known {}',
  padTo: 'max-length',
};

test('takes of the registry what the files leave open', async () => {
  // As small as a published one is: MobileCLIP's config.json says no more.
  const config = { projection_dim: undefined, text_config: undefined, vision_config: undefined };
  const path = await makeClipFolder(await makeTemporaryFolder(), { config, sidecar: null });
  expect(await readClipConfig({ path, name: 'made', known })).toMatchObject({
    activation: 'softmax',
    promptTemplate: 'known {}',
    maxPositions: 77,
    padTo: 'max-length',
  });
  expect(await readClipConfig({ path, name: 'made' })).toMatchObject({ padTo: 'longest' });
});

test('how texts are filled up stands in deepffmpeg.json, before all else', async () => {
  const path = await makeClipFolder(await makeTemporaryFolder(), { sidecar: { padTo: 'max-length' } });
  expect(await readClipConfig({ path, name: 'made' })).toMatchObject({ padTo: 'max-length' });
  const wrong = await makeClipFolder(await makeTemporaryFolder(), { sidecar: { padTo: 'short' } });
  await expect(readClipConfig({ path: wrong, name: 'made' })).rejects.toMatchObject({
    code: 'ERR_MODEL_CONFIG',
  });
});
