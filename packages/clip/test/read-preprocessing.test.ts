import { makeClipFolder, makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import { readPreprocessing } from '../src/read-preprocessing.js';

async function read(preprocessor: object, family: 'clip' | 'siglip' = 'clip') {
  const path = await makeClipFolder(await makeTemporaryFolder(), { preprocessor, family });
  return readPreprocessing({ path, name: 'made' });
}

const crop = { width: 224, height: 224 };

test.each([
  { title: 'a short side', fields: { size: { shortest_edge: 256 }, crop_size: { height: 224, width: 224 } } },
  { title: 'bare numbers', fields: { size: 256, crop_size: 224 } },
  {
    title: 'old files without a type',
    fields: {
      image_processor_type: undefined,
      feature_extractor_type: 'CLIPFeatureExtractor',
      size: 256,
      crop_size: 224,
    },
  },
])('CLIP: reads $title', async ({ fields }) => {
  expect((await read(fields)).resize).toEqual({ shortestEdge: 256, crop });
});

test.each([{ size: 224 }, { size: { height: 224, width: 224 } }])(
  'SigLIP: reads %j as a squash',
  async (fields) => {
    expect((await read(fields, 'siglip')).resize).toEqual(crop);
  },
);

test('takes what is null as left out, as files of the reference’s fast processors have it', async () => {
  const unset = {
    do_center_crop: null,
    crop_size: null,
    do_convert_rgb: null,
    do_resize: null,
    resample: null,
  };
  const sigLip = {
    ...unset,
    image_processor_type: 'SiglipImageProcessorFast',
    size: { height: 224, width: 224 },
  };
  expect((await read(sigLip, 'siglip')).resize).toEqual(crop);
  const clip = { ...unset, image_processor_type: 'CLIPImageProcessorFast', size: { shortest_edge: 224 } };
  expect((await read(clip)).resize).toEqual({ shortestEdge: 224, crop });
});

test.each(['clip', 'siglip'] as const)('%s: reads the kernel, 2 for bilinear', async (family) => {
  expect((await read({ resample: 2 }, family)).resize).toMatchObject({ kernel: 'bilinear' });
  expect((await read({ resample: 3 }, family)).resize).not.toHaveProperty('kernel');
});

test('reads what is done to the values', async () => {
  const fields = { rescale_factor: 0.5, image_mean: [1, 2, 3], image_std: [4, 5, 6] };
  expect(await read(fields)).toMatchObject({ rescale: 0.5, mean: [1, 2, 3], std: [4, 5, 6] });
  expect(await read({ ...fields, do_rescale: false, do_normalize: false })).toMatchObject({
    rescale: 1,
    mean: [0, 0, 0],
    std: [1, 1, 1],
  });
  const none = { image_mean: undefined, image_std: undefined, do_normalize: false };
  expect(await read(none)).toMatchObject({ mean: [0, 0, 0], std: [1, 1, 1] });
});

test.each([
  { fields: { resample: 1 }, message: /preprocessor_config\.json: resample: .*bilinear.*bicubic/ },
  { fields: { do_resize: false }, message: /do_resize/ },
  { fields: { do_center_crop: false }, message: /do_center_crop/ },
  { fields: { size: undefined }, message: /size/ },
  { fields: { size: { longest_edge: 224 } }, message: /size: .*shortest_edge.*height/ },
  { fields: { size: { shortest_edge: 5000 } }, message: /size\.shortest_edge: Too big/ },
  { fields: { size: { shortest_edge: 100 }, crop_size: 224 }, message: /larger/ },
  { fields: { size: { height: 256, width: 256 }, crop_size: 224 }, message: /differs/ },
  { fields: { image_mean: [0.5, 0.5] }, message: /image_mean/ },
  { fields: { image_mean: undefined }, message: /image_mean and image_std were expected/ },
  { fields: { image_std: undefined }, message: /image_mean and image_std were expected/ },
  { fields: { image_std: [0.5, 0, 0.5] }, message: /image_std\.1/ },
  { fields: { image_std: null }, message: /image_std/ },
])('refuses $fields', async ({ fields, message }) => {
  await expect(read(fields)).rejects.toMatchObject({ code: 'ERR_MODEL_CONFIG' });
  await expect(read(fields)).rejects.toThrow(message);
});
