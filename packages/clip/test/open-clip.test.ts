import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { collect, createScorer, type Picture, resizePicture, through } from '@deepffmpeg/core';
import { encodeLabels } from '@deepffmpeg/models';
import { type MadeClip, makeClipFolder, makeFrames, makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type ClipOptions, createFrameEmbedder, openClip } from '../src/index.js';

/** A made model and a way to open it anew with the same cache. */
async function setUp(made: MadeClip = {}) {
  const folder = await makeClipFolder(await makeTemporaryFolder(), made);
  const cacheFolder = await makeTemporaryFolder();
  const open = async (options: ClipOptions = {}) => {
    const model = await openClip(folder, { cacheFolder, ...options });
    onTestFinished(() => model.close());
    return model;
  };
  return { folder, cacheFolder, open };
}

const flat = (red: number, green: number, blue: number, size = 8): Picture => ({
  width: size,
  height: size,
  data: Uint8Array.from({ length: size * size * 3 }, (_, i) => [red, green, blue][i % 3] ?? 0),
});

const labels = (...names: string[]) => ({
  name: 'made',
  kind: 'labels' as const,
  groups: [{ name: 'made', labels: names.map((label) => ({ label })) }],
});

test('tells all that a file of embeddings wants to know', async () => {
  const { open, folder } = await setUp();
  const model = await open();
  expect(model).toMatchObject({
    id: `${folder.split('/').at(-1)}@${model.weightsDigest.slice(0, 12)}`,
    weightsDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
    dimension: 4,
    logitScale: 20,
    logitBias: 0,
    activation: 'softmax',
    promptTemplate: 'a photo of a {}',
    pictureSize: { shortestEdge: 8, crop: { width: 8, height: 8 } },
    batchSize: Math.min(8, availableParallelism()),
    preprocessing: { rescale: 1 / 255, mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] },
  });
});

test('embeds pictures of any size and any number, each row of norm 1', async () => {
  const model = await (await setUp()).open();
  const pictures = [flat(255, 0, 0), flat(255, 0, 0, 31), flat(0, 0, 255)];
  const vectors = await model.embed(pictures);
  expect(vectors).toHaveLength(12);
  const rows = [0, 4, 8].map((start) => vectors.slice(start, start + 4));
  for (const row of rows) expect(Math.hypot(...row)).toBeCloseTo(1, 5);
  expect(rows[1]).toEqual(rows[0]);
  expect(rows[2]).not.toEqual(rows[0]);
  expect(await model.embed(pictures.slice(2))).toEqual(rows[2]);
  expect(await model.embed([...pictures, ...pictures])).toEqual(Float32Array.of(...vectors, ...vectors)); // more than before
  expect(await model.embed([])).toHaveLength(0);
});

/** A red middle in a blue border, so that resizing and cropping change the mean. */
const framed = (width: number, height: number): Picture => {
  const isInside = (at: number, length: number) => at >= length / 4 && at < (length * 3) / 4;
  const data = Array.from({ length: width * height }, (_, i) =>
    isInside(i % width, width) && isInside(Math.floor(i / width), height) ? [255, 0, 0] : [0, 0, 255],
  );
  return { width, height, data: Uint8Array.from(data.flat()) };
};

const shortSide12 = { size: { shortest_edge: 12 }, crop_size: { height: 8, width: 8 } };

test('resizes a still that has the size of the crop already, where the model wants that', async () => {
  const model = await (await setUp({ preprocessor: shortSide12 })).open();
  expect(model.pictureSize).toEqual({ shortestEdge: 12 });
  const plain = await (await setUp()).open(); // the same weights, which see 8x8 as it is
  const seen = resizePicture(framed(8, 8), { shortestEdge: 12, crop: { width: 8, height: 8 } });
  expect(await model.embed([framed(8, 8)])).toEqual(await plain.embed([seen]));
  expect(await model.embed([framed(8, 8)])).not.toEqual(await plain.embed([framed(8, 8)]));
});

test.each<{ title: string; made: MadeClip }>([
  { title: 'crops to less than the short side', made: { preprocessor: shortSide12 } },
  { title: 'crops to the short side', made: {} },
  { title: 'squashes', made: { family: 'siglip' } },
])('sees in frames of its pictureSize what it sees in the whole, where it $title', async ({ made }) => {
  const model = await (await setUp(made)).open();
  for (const [width, height] of [
    [31, 17],
    [17, 31],
    [8, 8],
    [12, 8],
    [101, 33],
  ] as const) {
    const whole = framed(width, height);
    const delivered = resizePicture(whole, model.pictureSize);
    expect(await model.embed([delivered])).toEqual(await model.embed([whole]));
  }
});

test('calls at the same time do not mix', async () => {
  const model = await (await setUp()).open();
  const pictures = Array.from({ length: 12 }, (_, i) => flat(20 * i, 255 - 20 * i, 7 * i));
  const alone = [];
  for (const picture of pictures) alone.push(await model.embed([picture]));
  expect(await Promise.all(pictures.map((picture) => model.embed([picture])))).toEqual(alone);
});

test('frames become scores, through the stages', async () => {
  const { open } = await setUp();
  const model = await open();
  const labelSet = await encodeLabels(model, labels('cat', 'dog'));
  const scores = await collect(
    through(
      makeFrames(5),
      createFrameEmbedder({ model, batchSize: 2 }),
      createScorer({ labelSets: [labelSet] }),
    ),
  );
  expect(scores.map(({ timestamp }) => timestamp)).toEqual([0, 1, 2, 3, 4]);
  for (const { probabilities } of scores)
    expect((probabilities[0] ?? 0) + (probabilities[1] ?? 0)).toBeCloseTo(1, 5);
});

test('a second run reads no sentence', async () => {
  const { open } = await setUp();
  const first = await open();
  const encoded = await encodeLabels(first, labels('cat', 'dog'));
  expect(first.encodedCount).toBe(2);
  const second = await open();
  expect(await encodeLabels(second, labels('cat', 'dog'))).toEqual(encoded);
  expect(second.encodedCount).toBe(0);
});

test('the id follows the weights', async () => {
  const one = await setUp();
  const id = (await one.open()).id;
  await makeClipFolder(one.folder, { dimension: 6 });
  expect((await one.open()).id).not.toBe(id);
});

test('a SigLIP model has a bias and its own padding, and squashes', async () => {
  const model = await (await setUp({ family: 'siglip' })).open();
  expect(model).toMatchObject({
    activation: 'sigmoid',
    logitScale: 20,
    logitBias: -5,
    pictureSize: { width: 8, height: 8 },
  });
  expect(await model.encodeTexts(['a cat'])).toHaveLength(4);
});

test('sizes that the ONNX files leave free come from the config', async () => {
  const model = await (await setUp({ freeShapes: true })).open();
  expect(model.dimension).toBe(4);
  expect(await model.embed([flat(9, 9, 9)])).toHaveLength(4);
});

test('opens one tower alone', async () => {
  const { open, folder } = await setUp();
  const both = await open();
  const text = await open({ towers: 'text' });
  expect([text.id, text.dimension]).toEqual([both.id, both.dimension]);
  expect(await text.encodeTexts(['a cat'])).toEqual(await both.encodeTexts(['a cat']));
  await expect(text.embed([flat(0, 0, 0)])).rejects.toMatchObject({ code: 'ERR_INVALID_OPTIONS' });
  await rm(join(folder, 'onnx', 'text_model.onnx'));
  const image = await open({ towers: 'image' });
  expect(await image.embed([flat(1, 2, 3)])).toEqual(await both.embed([flat(1, 2, 3)]));
  await expect(image.encodeTexts(['a cat'])).rejects.toThrow(/without its text tower/);
});

test('takes other weights by dtype', async () => {
  const { open, folder } = await setUp();
  await expect(open({ dtype: 'q8' })).rejects.toThrow(/vision_model_quantized\.onnx/);
  for (const tower of ['vision', 'text']) {
    await symlink(`${tower}_model.onnx`, join(folder, 'onnx', `${tower}_model_quantized.onnx`));
  }
  expect(await (await open({ dtype: 'q8' })).embed([flat(1, 2, 3)])).toHaveLength(4);
});

test('takes another tokenizer', async () => {
  const { open, folder } = await setUp();
  const tokenizer = await makeClipFolder(await makeTemporaryFolder());
  await rm(join(folder, 'tokenizer.json'));
  await expect(open()).rejects.toMatchObject({ code: 'ERR_MODEL_MISSING' });
  expect(await (await open({ tokenizer })).encodeTexts(['a cat'])).toHaveLength(4);
});

test('finds the scale: option, deepffmpeg.json, joint model', async () => {
  const { open } = await setUp();
  expect((await open({ logitScale: 7 })).logitScale).toBe(7);
  expect((await open()).logitScale).toBe(20);
  const joint = await setUp({ sidecar: null, joint: { scale: 61.6, bias: 0 } });
  expect((await joint.open()).logitScale).toBeCloseTo(61.6, 3);
  const sigmoid = await setUp({ family: 'siglip', sidecar: null, joint: { scale: 27.3, bias: -5.7 } });
  const { logitScale, logitBias } = await sigmoid.open();
  expect([logitScale, logitBias]).toEqual([expect.closeTo(27.3, 3), expect.closeTo(-5.7, 3)]);
});

test('finds the scale of a known model in the registry', async () => {
  const hub = await makeTemporaryFolder();
  const commit = '0'.repeat(40);
  const folder = join(hub, 'models--Xenova--clip-vit-base-patch32');
  await mkdir(join(folder, 'refs'), { recursive: true });
  await writeFile(join(folder, 'refs', 'main'), commit);
  await makeClipFolder(join(folder, 'snapshots', commit), { sidecar: null });
  vi.stubEnv('HF_HUB_CACHE', hub);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const model = await openClip('clip-vit-base-patch32', { cacheFolder: hub });
  expect(model.logitScale).toBe(100);
  expect(model.id).toMatch(/^Xenova\/clip-vit-base-patch32@/);
  await model.close();
});

test.each<{ title: string; made: MadeClip; message: RegExp }>([
  {
    title: 'no scale, though config.json says where training began',
    made: { sidecar: null },
    message: /trained scale .*--logit-scale.*deepffmpeg\.json.*joint.*registry/s,
  },
  {
    title: 'no bias',
    made: { family: 'siglip', sidecar: { logitBias: undefined } },
    message: /trained bias/,
  },
  {
    title: 'pictures of another size than preprocessor_config.json makes',
    made: { preprocessor: { size: 32, crop_size: 32 }, config: { vision_config: {} } },
    message: /takes pictures of \[batch, 3, 8, 8\].*32/s,
  },
  {
    title: 'another image_size in config.json',
    made: { config: { vision_config: { image_size: 32 } } },
    message: /image_size 32.*8x8/s,
  },
  { title: 'another projection_dim', made: { config: { projection_dim: 512 } }, message: /4 numbers.*512/s },
  {
    title: 'another embeddingSize',
    made: { sidecar: { embeddingSize: 512 } },
    message: /embeddingSize 512.*4/s,
  },
  {
    title: 'another length in SigLIP’s hidden_size',
    made: { family: 'siglip', config: { vision_config: { hidden_size: 768 } } },
    message: /768/,
  },
  { title: 'another kind of model', made: { config: { model_type: 'bert' } }, message: /model_type.*bert/ },
  { title: 'no kind', made: { config: { model_type: undefined } }, message: /config\.json: model_type/ },
  {
    title: 'a negative scale',
    made: { sidecar: { logitScale: -1 } },
    message: /deepffmpeg\.json: logitScale/,
  },
  {
    title: 'a template without a place',
    made: { sidecar: { promptTemplate: 'a photo' } },
    message: /promptTemplate.*\{\}/,
  },
])('refuses a folder with $title', async ({ made, message }) => {
  const { open } = await setUp(made);
  await expect(open()).rejects.toMatchObject({ code: 'ERR_MODEL_CONFIG' });
  await expect(open()).rejects.toThrow(message);
});

test('refuses to guess the length of an embedding', async () => {
  const { open } = await setUp({ config: { projection_dim: undefined } });
  await expect(open({ towers: 'text' })).rejects.toThrow(/embeddingSize/);
  expect((await open()).dimension).toBe(4); // the image tower tells
});

test('refuses a text tower of another length when it is needed', async () => {
  const model = await (await setUp({ textDimension: 6 })).open();
  await expect(model.encodeTexts(['a cat'])).rejects.toMatchObject({ code: 'ERR_MODEL_CONFIG' });
});

test.each([
  'config.json',
  'preprocessor_config.json',
  'tokenizer.json',
  'onnx/vision_model.onnx',
  'onnx/text_model.onnx',
])('misses %s, by name', async (file) => {
  const { open, folder } = await setUp();
  await rm(join(folder, file));
  await expect(open()).rejects.toMatchObject({
    code: 'ERR_MODEL_MISSING',
    message: expect.stringContaining(file),
  });
});

test.each(['config.json', 'preprocessor_config.json', 'deepffmpeg.json'])(
  'refuses a broken %s, by name',
  async (file) => {
    const { open, folder } = await setUp();
    await writeFile(join(folder, file), '{"half":');
    await expect(open()).rejects.toMatchObject({
      code: 'ERR_MODEL_CONFIG',
      message: expect.stringContaining(file),
    });
  },
);

test('refuses a tower that is no ONNX file', async () => {
  const { open, folder } = await setUp();
  await writeFile(join(folder, 'onnx', 'vision_model.onnx'), 'garbage');
  await expect(open()).rejects.toMatchObject({ code: 'ERR_MODEL_LOAD' });
});

test('tells once that the cache cannot be written, and works', async () => {
  const { open, cacheFolder } = await setUp();
  await rm(cacheFolder, { recursive: true });
  await writeFile(cacheFolder, 'a file where the folder should be');
  const onWarning = vi.fn();
  const model = await open({ onWarning });
  expect(await model.encodeTexts(['a cat'])).toHaveLength(4);
  expect(onWarning.mock.calls).toMatchObject([
    [{ code: 'ERR_OUTPUT', message: expect.stringContaining(cacheFolder) }],
  ]);
});

test('refuses NaN', async () => {
  const model = await (await setUp({ broken: true })).open();
  await expect(model.embed([flat(1, 2, 3)])).rejects.toMatchObject({ code: 'ERR_MODEL_OUTPUT' });
  await expect(collect(through(makeFrames(1), createFrameEmbedder({ model })))).rejects.toMatchObject({
    code: 'ERR_MODEL_OUTPUT',
  });
});

test('refuses a device that is not there, and bad options', async () => {
  const { open } = await setUp();
  await expect(open({ device: 'abacus' })).rejects.toMatchObject({ code: 'ERR_DEVICE' });
  await expect(open({ logitScale: 0 })).rejects.toMatchObject({ code: 'ERR_INVALID_OPTIONS' });
  await expect(open({ threds: 2 } as ClipOptions)).rejects.toThrow(/threds/);
});

test.each([0, 1, 5, 20])('an abort %d ms after the start ends the opening', async (delayMs) => {
  const { open } = await setUp();
  const controller = new AbortController();
  const opening = open({ signal: controller.signal });
  if (delayMs === 0) controller.abort();
  else setTimeout(() => controller.abort(), delayMs);
  // A machine may be quick enough to be done before.
  await opening.then(
    (model) => expect(model.dimension).toBe(4),
    (error) => expect(error).toMatchObject({ name: 'AbortError' }),
  );
});

test('close may come twice, and then nothing works', async () => {
  const model = await (await setUp()).open();
  await model.close();
  await model.close();
  await expect(model.embed([flat(0, 0, 0)])).rejects.toMatchObject({ code: 'ERR_MODEL_LOAD' });
  await expect(model.encodeTexts(['a cat'])).rejects.toMatchObject({ code: 'ERR_MODEL_LOAD' });
});
