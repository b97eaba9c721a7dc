import { copyFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type AudioSamples, collect, createScorer, createWindower, through } from '@deepffmpeg/core';
import { encodeLabels } from '@deepffmpeg/models';
import { type MadeClap, makeClapFolder, makeTemporaryFolder } from '@deepffmpeg/test-kit';
import fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type ClapOptions, createAudioEmbedder, openClap, type Sound } from '../src/index.js';

/** A made model and a way to open it anew with the same cache. */
async function setUp(made: MadeClap = {}) {
  const folder = await makeClapFolder(await makeTemporaryFolder(), made);
  const cacheFolder = await makeTemporaryFolder();
  const open = async (options: ClapOptions = {}) => {
    const model = await openClap(folder, { cacheFolder, ...options });
    onTestFinished(() => model.close());
    return model;
  };
  return { folder, cacheFolder, open };
}

const tone = (hz: number, length = 160): Sound => ({
  sampleRate: 1600,
  data: Float32Array.from({ length }, (_, i) => 0.5 * Math.sin((2 * Math.PI * hz * i) / 1600)),
});

const labels = (...names: string[]) => ({
  name: 'made',
  kind: 'labels' as const,
  groups: [{ name: 'made', labels: names.map((label) => ({ label })) }],
});

const rowsOf = (vectors: Float32Array) =>
  Array.from({ length: vectors.length / 4 }, (_, i) => vectors.slice(4 * i, 4 * i + 4));

test('tells all that a file of embeddings wants to know', async () => {
  const { open, folder } = await setUp();
  const model = await open();
  expect(model).toMatchObject({
    id: `${folder.split('/').at(-1)}@${model.weightsDigest.slice(0, 12)}`,
    weightsDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
    dimension: 4,
    sampleRate: 1600,
    windowSeconds: 0.1,
    logitScale: 11,
    logitBias: 0,
    activation: 'softmax',
    promptTemplate: 'This is a sound of {}.',
    batchSize: Math.min(8, availableParallelism()),
    preprocessing: { sampleRate: 1600, windowSeconds: 0.1, padding: 'repeatpad', logMel: { bands: 8 } },
  });
  expect(JSON.parse(JSON.stringify(model.preprocessing))).toEqual(model.preprocessing);
});

test.each<{ title: string; made: MadeClap }>([
  { title: 'features', made: {} },
  { title: 'features one at a time', made: { fixedBatch: 1 } },
  { title: 'fused features', made: { fusion: true } },
  { title: 'samples', made: { input: 'samples' } },
  { title: 'samples one at a time', made: { input: 'samples', fixedBatch: 1 } },
])('a model of $title hears windows of any length and number, each for itself', async ({ made }) => {
  const model = await (await setUp(made)).open();
  expect(model.batchSize).toBe(made.fixedBatch ?? Math.min(8, availableParallelism()));
  const sounds = [tone(100), tone(200, 37), tone(300, 80), tone(400), tone(510, 1 + 99)];
  const together = rowsOf(await model.embed(sounds));
  expect(together).toHaveLength(5);
  for (const [i, row] of together.entries()) {
    expect(Math.hypot(...row)).toBeCloseTo(1, 5);
    const alone = await model.embed(sounds.slice(i, i + 1));
    row.forEach((value, j) => {
      expect(value).toBeCloseTo(alone[j]!, 6); // as long as the row; a batch may add in another order
    });
  }
  expect(new Set(together.map((row) => row.join())).size).toBe(5);
  expect(await model.embed([])).toHaveLength(0);
});

test('a short sound is heard as its repetition, as the model’s file says', async () => {
  const model = await (await setUp()).open();
  const short = tone(200, 64); // 8 whole periods, twice and a rest
  const filled = { sampleRate: 1600, data: new Float32Array(160) };
  filled.data.set(short.data);
  filled.data.set(short.data, 64);
  expect(await model.embed([short])).toEqual(await model.embed([filled]));
  const other = await (await setUp({ preprocessor: { padding: 'pad' } })).open();
  expect(await other.embed([filled])).toEqual(await model.embed([filled]));
  expect(await other.embed([short])).not.toEqual(await model.embed([short]));
});

test('a model with fusion hears the same four times, and that it was not cut out of longer sound', async () => {
  const fused = await (await setUp({ fusion: true })).open();
  const htk = await (await setUp({ preprocessor: { truncation: 'fusion' }, freeShapes: true })).open();
  const [expected, slaney] = [await htk.embed([tone(200)]), await (await setUp()).open()];
  (await fused.embed([tone(200)])).forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i]!, 5); // as long; the made tower would add 1 to longer sound
  });
  expect(await slaney.embed([tone(200)])).not.toEqual(expected);
});

test('calls at the same time do not mix', async () => {
  const model = await (await setUp()).open();
  const sounds = Array.from({ length: 12 }, (_, i) => tone(60 * (i + 1), 20 + 10 * i));
  const alone = [];
  for (const sound of sounds) alone.push(await model.embed([sound]));
  expect(await Promise.all(sounds.map((sound) => model.embed([sound])))).toEqual(alone);
});

test('samples become scores, through the stages, however they are cut', async () => {
  const model = await (await setUp()).open();
  const labelSet = await encodeLabels(model, labels('rain', 'a siren'));
  const whole = tone(100, 1000).data;
  const blocksOf = (size: number): AudioSamples[] =>
    Array.from({ length: Math.ceil(whole.length / size) }, (_, i) => {
      const data = whole.slice(i * size, (i + 1) * size);
      return {
        ...{ type: 'audio-samples', source: 'made', tap: 'audio', sampleRate: 1600, data },
        ...{ timestamp: (i * size) / 1600, durationSeconds: data.length / 1600 },
      };
    });
  const score = (size: number) =>
    collect(
      through(
        blocksOf(size),
        createWindower({ windowSeconds: model.windowSeconds }),
        createAudioEmbedder({ model, batchSize: 2 }),
        createScorer({ labelSets: [labelSet] }),
      ),
    );
  const expected = await score(1000);
  expect(expected).toHaveLength(7);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 1000 }), async (size) => {
      const scores = await score(size);
      expect(scores.map(({ probabilities }) => probabilities)).toEqual(
        expected.map(({ probabilities }) => probabilities),
      );
      scores.forEach(({ timestamp }, i) => {
        expect(timestamp).toBeCloseTo(0.1 * i, 6);
      });
    }),
    { numRuns: 10 },
  );
});

test('a second run reads no sentence', async () => {
  const { open } = await setUp();
  const first = await open();
  const encoded = await encodeLabels(first, labels('rain', 'wind'));
  expect(first.encodedCount).toBe(2);
  const second = await open();
  expect(await encodeLabels(second, labels('rain', 'wind'))).toEqual(encoded);
  expect(second.encodedCount).toBe(0);
});

test('either tower may be left out', async () => {
  const { open } = await setUp();
  const deaf = await open({ towers: 'text' });
  expect(await deaf.encodeTexts(['rain'])).toHaveLength(4);
  await expect(deaf.embed([tone(100)])).rejects.toThrow(/without its audio tower/);
  const mute = await open({ towers: 'audio' });
  expect(await mute.embed([tone(100)])).toHaveLength(4);
  await expect(mute.encodeTexts(['rain'])).rejects.toMatchObject({ code: 'ERR_INVALID_OPTIONS' });
  expect(deaf).toMatchObject({ id: mute.id, dimension: 4, sampleRate: 1600, windowSeconds: 0.1 });
});

test('finds the scale: option, deepffmpeg.json, joint model, of which it takes the audio rows', async () => {
  const { open } = await setUp({ joint: { scale: 27.6 } });
  expect((await open({ logitScale: 7 })).logitScale).toBe(7);
  expect((await open()).logitScale).toBe(11);
  for (const fusion of [false, true]) {
    const joint = await setUp({ sidecar: null, joint: { scale: 27.6 }, fusion });
    const { logitScale, logitBias } = await joint.open();
    expect(logitScale).toBeCloseTo(27.6, 2);
    expect(logitBias).toBe(0);
  }
});

test('a model of another kind says in deepffmpeg.json what it is', async () => {
  const made: MadeClap = {
    input: 'samples',
    config: { model_type: 'msclap', text_config: { model_type: 'gpt2' } },
    sidecar: { promptTemplate: 'this is the sound of {}' },
  };
  const model = await (await setUp(made)).open();
  expect(model.promptTemplate).toBe('this is the sound of {}');
  expect(model.preprocessing).toEqual({ sampleRate: 1600, windowSeconds: 0.1, padding: 'repeat' });
  expect(await model.encodeTexts(['rain'])).toHaveLength(4);
});

test('sizes that the ONNX files leave free come from the config', async () => {
  const model = await (await setUp({ freeShapes: true })).open();
  expect(await model.embed([tone(100)])).toHaveLength(4);
  expect(model.dimension).toBe(4);
});

test.each<{ title: string; made: MadeClap; message: RegExp }>([
  {
    title: 'no scale, though config.json says where training began',
    made: { sidecar: null },
    message: /trained scale .*--logit-scale.*deepffmpeg\.json.*joint.*registry/s,
  },
  {
    title: 'features of another number than preprocessor_config.json makes',
    made: { preprocessor: { hop_length: 32 } },
    message: /takes sounds of \[batch, 1, 11, 8\].*preprocessor_config\.json makes \[batch, 1, 6, 8\]/,
  },
  {
    title: 'fused features where the network takes them once',
    made: { preprocessor: { truncation: 'fusion' } },
    message: /\[batch, 1, 11, 8\].*\[batch, 4, 11, 8\]/,
  },
  {
    title: 'samples of another number',
    made: { input: 'samples', sidecar: { audio: { sampleRate: 1600, windowSeconds: 7, padding: 'pad' } } },
    message: /\[batch, 160\].*"audio" in deepffmpeg\.json makes \[batch, 11200\]/,
  },
  {
    title: '"audio", though the network takes features',
    made: { sidecar: { audio: { sampleRate: 1600, windowSeconds: 0.1, padding: 'pad' } } },
    message: /input_features.*\[batch, 160\] was expected \("audio".*takes samples\)/,
  },
  {
    title: 'an "audio" without a length',
    made: { input: 'samples', sidecar: { audio: { sampleRate: 1600, padding: 'pad' } } },
    message: /deepffmpeg\.json: audio\.windowSeconds/,
  },
  { title: 'a batch of two', made: { fixedBatch: 2 }, message: /takes 2 sounds at a time/ },
  {
    title: 'another num_mel_bins in config.json',
    made: { config: { audio_config: { num_mel_bins: 64 } } },
    message: /num_mel_bins 64.*makes 8/,
  },
  { title: 'another projection_dim', made: { config: { projection_dim: 512 } }, message: /4 numbers.*512/ },
  {
    title: 'another embeddingSize',
    made: { sidecar: { embeddingSize: 512 } },
    message: /embeddingSize 512.*4/,
  },
  {
    title: 'another kind of model',
    made: { config: { model_type: 'bert' }, sidecar: { task: undefined } },
    message: /model_type.*bert.*"task": "clap"/,
  },
  {
    title: 'no kind',
    made: { config: { model_type: undefined }, sidecar: { task: 'clip' } },
    message: /config\.json: model_type.*none/,
  },
])('refuses a folder with $title', async ({ made, message }) => {
  const { open } = await setUp(made);
  await expect(open()).rejects.toMatchObject({ code: 'ERR_MODEL_CONFIG' });
  await expect(open()).rejects.toThrow(message);
});

test('asks for "audio" where a network takes samples and nothing says which', async () => {
  const { open, folder } = await setUp({ input: 'samples', sidecar: { audio: undefined } });
  await makeClapFolder(join(folder, 'features')); // a file that belongs to another network
  await copyFile(
    join(folder, 'features', 'preprocessor_config.json'),
    join(folder, 'preprocessor_config.json'),
  );
  await expect(open()).rejects.toThrow(
    /samples: float32 \[batch, 160\].*write "audio" into deepffmpeg\.json/,
  );
});

test('refuses to guess the length of an embedding', async () => {
  const { open } = await setUp({ config: { projection_dim: undefined } });
  await expect(open({ towers: 'text' })).rejects.toThrow(/embeddingSize/);
  expect((await open()).dimension).toBe(4); // the audio tower tells
});

test('refuses a text tower of another length when it is needed', async () => {
  const model = await (await setUp({ textDimension: 6 })).open();
  await expect(model.encodeTexts(['rain'])).rejects.toMatchObject({ code: 'ERR_MODEL_CONFIG' });
});

test.each([
  'config.json',
  'preprocessor_config.json',
  'tokenizer.json',
  'onnx/audio_model.onnx',
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
  await writeFile(join(folder, 'onnx', 'audio_model.onnx'), 'garbage');
  await expect(open()).rejects.toMatchObject({ code: 'ERR_MODEL_LOAD' });
});

test.each<{ title: string; sound: Sound; message: RegExp }>([
  { title: 'another sample rate', sound: { ...tone(100), sampleRate: 48000 }, message: /1600 Hz.*48000 Hz/ },
  { title: 'more than a window', sound: tone(100, 161), message: /0\.1 s at once.*createWindower/ },
  { title: 'nothing', sound: tone(100, 0), message: /no samples/ },
])('refuses $title, and hears nothing of the others', async ({ sound, message }) => {
  const model = await (await setUp()).open();
  const embedding = model.embed([tone(100), sound]);
  await expect(embedding).rejects.toMatchObject({ code: 'ERR_INVALID_OPTIONS' });
  await expect(embedding).rejects.toThrow(message);
});

test.each(['log-mel', 'samples'] as const)('refuses samples that are no numbers: %s', async (input) => {
  const model = await (await setUp({ input })).open();
  const sound = tone(100);
  for (const value of [Number.NaN, Infinity]) {
    sound.data[5] = value;
    await expect(model.embed([sound])).rejects.toMatchObject({ code: 'ERR_INPUT' });
  }
});

test('refuses a network that gives NaN', async () => {
  const model = await (await setUp({ broken: true })).open();
  await expect(model.embed([tone(100)])).rejects.toMatchObject({ code: 'ERR_MODEL_OUTPUT' });
});

test('tells once that the cache cannot be written, and works', async () => {
  const { open, cacheFolder } = await setUp();
  await rm(cacheFolder, { recursive: true });
  await writeFile(cacheFolder, 'a file where the folder should be');
  const onWarning = vi.fn();
  const model = await open({ onWarning });
  expect(await model.encodeTexts(['rain'])).toHaveLength(4);
  expect(onWarning.mock.calls).toMatchObject([
    [{ code: 'ERR_OUTPUT', message: expect.stringContaining(cacheFolder) }],
  ]);
});

test('refuses a device that is not there, and bad options', async () => {
  const { open } = await setUp();
  await expect(open({ device: 'abacus' })).rejects.toMatchObject({ code: 'ERR_DEVICE' });
  await expect(open({ logitScale: 0 })).rejects.toMatchObject({ code: 'ERR_INVALID_OPTIONS' });
  await expect(open({ towers: 'image' as 'audio' })).rejects.toThrow(/towers/);
  await expect(open({ threds: 2 } as ClapOptions)).rejects.toThrow(/threds/);
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

test('an abort ends the hearing before the next window', async () => {
  const model = await (await setUp()).open();
  const controller = new AbortController();
  const unheard = { sampleRate: 1600, data: Float32Array.of(Number.NaN) }; // would be refused
  const embedding = model.embed([tone(100), unheard], { signal: controller.signal });
  controller.abort();
  await expect(embedding).rejects.toMatchObject({ name: 'AbortError' });
  expect(await model.embed([tone(100)])).toHaveLength(4);
});

test('close may come twice, and then nothing works', async () => {
  const model = await (await setUp()).open();
  await model.close();
  await model.close();
  await expect(model.embed([tone(100)])).rejects.toMatchObject({ code: 'ERR_MODEL_LOAD' });
  await expect(model.encodeTexts(['rain'])).rejects.toMatchObject({ code: 'ERR_MODEL_LOAD' });
});
