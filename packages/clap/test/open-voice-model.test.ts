import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTemporaryFolder, type OnnxGraph } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import { openVoiceModel } from '../src/index.js';
import { makeVoiceModel, voiceGraph } from './make-voice-model.js';

const frame = (value: number) => new Float32Array(512).fill(value);
/** The mean of a frame and what stands in front of it, of which the first has silence. */
const first = (512 / 576) * 0.25;

test('tells what it wants, and is named by its file and content', async () => {
  const model = await openVoiceModel(await makeVoiceModel());
  expect(model).toMatchObject({ sampleRate: 16_000, frameLength: 512 });
  expect(model.id).toMatch(/^voice@[0-9a-f]{12}$/);
  await model.close();
});

test('hears each frame behind the end of the one before, and remembers', async () => {
  const model = await openVoiceModel(await makeVoiceModel());
  const listen = model.listen();
  const answers = [await listen(frame(0.25)), await listen(frame(0.25)), await listen(frame(0.125))];
  const seam = (512 * 0.125 + 64 * 0.25) / 576;
  [first, 0.25 + 0.125, seam + 0.25].forEach((value, i) => {
    expect(answers[i]).toBeCloseTo(value, 6);
  });
  await model.close();
});

test('serves several sounds at once, each with a memory of its own', async () => {
  const model = await openVoiceModel(await makeVoiceModel());
  const [one, other] = [model.listen(), model.listen()];
  const answers = [await one(frame(0.25)), await other(frame(0.25)), await one(frame(0.25))];
  [first, first, 0.375].forEach((value, i) => {
    expect(answers[i]).toBeCloseTo(value, 6);
  });
  await model.close();
});

test('refuses a frame of another length, of which the rest would be an earlier one', async () => {
  const model = await openVoiceModel(await makeVoiceModel());
  const listen = model.listen();
  await listen(frame(0.25));
  for (const length of [0, 511, 513])
    await expect(listen(new Float32Array(length))).rejects.toMatchObject({
      code: 'ERR_INVALID_OPTIONS',
      message: `a frame of 512 samples was expected, ${length} came`,
    });
  await model.close();
});

test('takes a rate of one number, and sizes that are written down', async () => {
  const fixed: OnnxGraph = {
    ...voiceGraph,
    inputs: [
      { name: 'input', type: 'float32', shape: [1, 576] },
      { name: 'state', type: 'float32', shape: [2, 1, 128] },
      { name: 'sr', type: 'int64', shape: [1] },
    ],
  };
  const model = await openVoiceModel(await makeVoiceModel(fixed));
  expect(await model.listen()(frame(0.25))).toBeCloseTo(first, 6);
  await model.close();
});

const [input, state, rate] = voiceGraph.inputs;
const others: { title: string; graph: Partial<OnnxGraph> }[] = [
  { title: 'lacks the rate', graph: { inputs: [input!, state!] } },
  { title: 'takes other frames', graph: { inputs: [{ ...input!, shape: [1, 512] }, state!, rate!] } },
  {
    title: 'takes another state',
    graph: { inputs: [input!, { ...state!, shape: [2, 'batch', 64] }, rate!] },
  },
  {
    title: 'takes a state of another rank',
    graph: { inputs: [input!, { ...state!, shape: ['batch', 128] }, rate!] },
  },
  {
    title: 'takes numbers of another type',
    graph: { inputs: [input!, state!, { ...rate!, type: 'float32' }] },
  },
  { title: 'takes more', graph: { inputs: [...voiceGraph.inputs, { ...rate!, name: 'more' }] } },
  { title: 'gives no state', graph: { outputs: voiceGraph.outputs.slice(0, 1) } },
];

test.each(others)('refuses a model that $title', async ({ graph }) => {
  const nodes = graph.inputs && [
    { op: 'Identity', inputs: [graph.inputs[0]!.name], output: 'output' },
    { op: 'Identity', inputs: [graph.inputs[1]!.name], output: 'stateN' },
  ];
  const free =
    graph.inputs &&
    voiceGraph.outputs.map((output) => ({ ...output, shape: output.shape.map((_, i) => `size${i}`) }));
  const path = await makeVoiceModel({
    ...voiceGraph,
    ...(nodes && { nodes }),
    ...(free && { outputs: free }),
    ...graph,
  });
  await expect(openVoiceModel(path)).rejects.toMatchObject({
    code: 'ERR_MODEL_CONFIG',
    message: expect.stringContaining('state float32 [2, batch, 128]'),
  });
});

test('refuses probabilities that are none', async () => {
  const model = await openVoiceModel(await makeVoiceModel());
  for (const value of [Number.NaN, -1, 3])
    await expect(model.listen()(frame(value))).rejects.toMatchObject({ code: 'ERR_MODEL_OUTPUT' });
  await model.close();
});

test('a file that is not there or no model is an error', async () => {
  const path = join(await makeTemporaryFolder(), 'voice.onnx');
  await expect(openVoiceModel(path)).rejects.toMatchObject({ code: 'ERR_MODEL_MISSING' });
  await writeFile(path, 'text');
  await expect(openVoiceModel(path)).rejects.toMatchObject({ code: 'ERR_MODEL_LOAD' });
});

test('an abort ends opening and listening', async () => {
  const path = await makeVoiceModel();
  const signal = AbortSignal.abort();
  await expect(openVoiceModel(path, { signal })).rejects.toMatchObject({ name: 'AbortError' });
  const model = await openVoiceModel(path);
  await expect(model.listen()(frame(0), { signal })).rejects.toMatchObject({ name: 'AbortError' });
  await model.close();
});
