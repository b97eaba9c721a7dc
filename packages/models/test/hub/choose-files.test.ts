import { expect, test } from 'vitest';
import { chooseFiles, type WantedFiles } from '../../src/hub/choose-files.js';
import type { KnownModel } from '../../src/index.js';

const choose = (names: readonly string[], wanted: Partial<WantedFiles> = {}) =>
  chooseFiles(
    names.map((name) => ({ name, bytes: 1, digest: 'a'.repeat(40) })),
    { repository: 'made/made', dtype: 'fp32', ...wanted },
  ).map(({ name }) => name);

const clip = [
  'config.json',
  'preprocessor_config.json',
  'tokenizer.json',
  'vocab.json',
  'onnx/model.onnx',
  'onnx/text_model.onnx',
  'onnx/vision_model.onnx',
  'onnx/text_model_quantized.onnx',
  'onnx/vision_model_quantized.onnx',
];
const known: KnownModel = { name: 'made', task: 'clip', licence: 'MIT', logitScale: 100 };

test('takes networks, weights beside them, configs and tokenizer', () => {
  const names = [
    ...clip,
    'onnx/text_model.onnx_data',
    'onnx/text_model.onnx_data_1',
    'onnx/text_model.onnx.data',
    'onnx/model.onnx_data',
  ];
  expect(choose(names, { known })).toEqual([
    'config.json',
    'preprocessor_config.json',
    'tokenizer.json',
    'onnx/text_model.onnx',
    'onnx/vision_model.onnx',
    'onnx/text_model.onnx_data',
    'onnx/text_model.onnx_data_1',
    'onnx/text_model.onnx.data',
  ]);
});

test('takes those of another dtype', () => {
  expect(choose(clip, { known, dtype: 'q8' }).slice(3)).toEqual([
    'onnx/text_model_quantized.onnx',
    'onnx/vision_model_quantized.onnx',
  ]);
});

test('takes the joint model where nothing else tells the scale', () => {
  expect(choose(clip)).toContain('onnx/model.onnx');
  expect(choose(clip, { dtype: 'q8' })).toContain('onnx/model.onnx');
  expect(choose(clip, { known: { ...known, logitScale: undefined } })).toContain('onnx/model.onnx');
  expect(choose([...clip, 'deepffmpeg.json'])).not.toContain('onnx/model.onnx');
  const withoutJoint = clip.filter((name) => name !== 'onnx/model.onnx');
  expect(choose(withoutJoint)).toHaveLength(5); // an option may tell it
});

test('knows a model of sound and a detector by their files', () => {
  const sound = [
    'config.json',
    'tokenizer.json',
    'deepffmpeg.json',
    'onnx/audio_model.onnx',
    'onnx/text_model.onnx',
  ];
  expect(choose(sound)).toEqual(sound);
  expect(choose(['config.json', 'onnx/model.onnx', 'onnx/model_fp16.onnx'])).toEqual([
    'config.json',
    'onnx/model.onnx',
  ]);
});

test('takes of a model of two towers the joint one, when it is to find objects', () => {
  expect(choose(clip, { task: 'detect' })).toEqual([
    'config.json',
    'preprocessor_config.json',
    'tokenizer.json',
    'onnx/model.onnx',
  ]);
});

test.each<[title: string, names: string[], wanted: Partial<WantedFiles>, message: RegExp]>([
  [
    'a dtype that is not there',
    clip,
    { dtype: 'fp16' },
    /no onnx\/vision_model_fp16\.onnx; of networks it has .*_quantized/,
  ],
  ['no networks', ['config.json', 'model.safetensors'], {}, /no onnx\/model\.onnx; of networks it has none/],
  ['networks of other names', ['a.onnx', 'b.onnx'], {}, /no onnx\/model\.onnx; .* a\.onnx, b\.onnx/],
  ['no tokenizer', clip.filter((name) => name !== 'tokenizer.json'), {}, /no tokenizer\.json/],
  ['no word on pictures', clip.filter((name) => !/^pre/.test(name)), {}, /no preprocessor_config\.json/],
])('%s: says what there is', (_, names, wanted, message) => {
  expect(() => choose(names, wanted)).toThrow(message);
});
