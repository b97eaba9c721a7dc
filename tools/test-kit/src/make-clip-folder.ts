import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeOnnx, type OnnxNode, type OnnxValue } from './make-onnx.js';

/** What may be other than it should be in a made model. */
export interface MadeClip {
  readonly family?: 'clip' | 'siglip';
  /** Side of its pictures in pixels. */
  readonly imageSize?: number;
  /** Lengths of its embeddings. */
  readonly dimension?: number;
  readonly textDimension?: number;
  /** Of the joint model, which is made only if this is given. */
  readonly joint?: { readonly scale: number; readonly bias: number };
  /** Whether the towers' declared sizes of pictures and embeddings are free. */
  readonly freeShapes?: boolean;
  /** Makes the image tower give NaN. */
  readonly broken?: boolean;
  /** Fields to put in place of those of each JSON file; `undefined` takes one away. */
  readonly config?: object;
  readonly preprocessor?: object;
  readonly tokenizerConfig?: object;
  /** `deepffmpeg.json`; null leaves the file out. */
  readonly sidecar?: object | null;
}

/**
 * Writes a whole image-text model in the Hugging Face ONNX layout: its image tower sees the mean colour, its text tower
 * the letters, in any order. Deterministic.
 */
export async function makeClipFolder(folder: string, made: MadeClip = {}): Promise<string> {
  const { family = 'clip', imageSize = 8, dimension = 4, textDimension = dimension, joint } = made;
  const isClip = family === 'clip';
  await mkdir(join(folder, 'onnx'), { recursive: true });
  const json = (name: string, value: object) => writeFile(join(folder, name), JSON.stringify(value));

  await json('config.json', {
    model_type: family,
    logit_scale_init_value: 2.6592,
    ...(isClip && { projection_dim: dimension }),
    text_config: { max_position_embeddings: maxLength, vocab_size: vocabulary.length },
    vision_config: { image_size: imageSize, ...(!isClip && { hidden_size: dimension }) },
    ...made.config,
  });
  await json('preprocessor_config.json', {
    image_processor_type: isClip ? 'CLIPImageProcessor' : 'SiglipImageProcessor',
    size: isClip ? { shortest_edge: imageSize } : { height: imageSize, width: imageSize },
    ...(isClip && { do_center_crop: true, crop_size: { height: imageSize, width: imageSize } }),
    resample: 3,
    rescale_factor: 1 / 255,
    image_mean: [0.5, 0.5, 0.5],
    image_std: [0.5, 0.5, 0.5],
    ...made.preprocessor,
  });
  await json('tokenizer.json', makeTokenizer());
  await json('tokenizer_config.json', {
    model_max_length: maxLength,
    pad_token: '<end>',
    ...made.tokenizerConfig,
  });
  if (made.sidecar !== null) {
    await json('deepffmpeg.json', {
      logitScale: 20,
      ...(!isClip && { logitBias: -5 }),
      promptTemplate: 'a photo of a {}',
      ...made.sidecar,
    });
  }

  const embeds = (name: string, size: number, free = made.freeShapes) =>
    ({ name, type: 'float32', shape: ['batch', free ? 'dimension' : size] }) as const;
  const names = isClip ? ['image_embeds', 'text_embeds'] : ['pooler_output', 'pooler_output'];
  const [imageName = '', textName = ''] = names;
  const picture: OnnxValue = {
    name: 'pixel_values',
    type: 'float32',
    shape: made.freeShapes ? ['batch', 'channels', 'height', 'width'] : ['batch', 3, imageSize, imageSize],
  };
  const ids: OnnxValue = { name: 'input_ids', type: 'int64', shape: ['texts', 'length'] };
  const weights = {
    image: { shape: [3, dimension], data: wave(3 * dimension, made.broken ? Number.NaN : 1.3) },
    text: {
      shape: [vocabulary.length, textDimension],
      data: wave(vocabulary.length * textDimension, 0.7).map((x, i) => (i < 2 * textDimension ? 0 : x)), // not <start>, <end>
    },
  };

  const write = (name: string, graph: Parameters<typeof makeOnnx>[0]) =>
    writeFile(join(folder, 'onnx', name), makeOnnx(graph));
  await write('vision_model.onnx', {
    inputs: [picture],
    outputs: [embeds(imageName, dimension)],
    nodes: imageNodes(imageName),
    weights: { image: weights.image },
  });
  await write('text_model.onnx', {
    inputs: [ids],
    outputs: [embeds(textName, textDimension)],
    nodes: textNodes(textName),
    weights: { text: weights.text },
  });
  if (joint) {
    await write('model.onnx', {
      inputs: [ids, picture],
      outputs: [
        { name: 'logits_per_image', type: 'float32', shape: ['batch', 'texts'] },
        embeds('image_embeds', dimension),
        embeds('text_embeds', dimension),
      ],
      nodes: jointNodes,
      weights: {
        ...weights,
        scale: { shape: [1], data: [joint.scale] },
        bias: { shape: [1], data: [joint.bias] },
      },
    });
  }
  return folder;
}

const maxLength = 16;

const imageNodes = (output: string): OnnxNode[] => [
  { op: 'ReduceMean', inputs: ['pixel_values'], output: 'colour', attributes: { axes: [2, 3], keepdims: 0 } },
  { op: 'MatMul', inputs: ['colour', 'image'], output },
];

const textNodes = (output: string): OnnxNode[] => [
  { op: 'Gather', inputs: ['text', 'input_ids'], output: 'letters', attributes: { axis: 0 } },
  // Padding adds zeros: it shortens the mean and does not turn it.
  { op: 'ReduceMean', inputs: ['letters'], output, attributes: { axes: [1], keepdims: 0 } },
];

const unit = (raw: string, output: string): OnnxNode[] => [
  { op: 'ReduceL2', inputs: [raw], output: `${raw}_norm`, attributes: { axes: [1], keepdims: 1 } },
  { op: 'Div', inputs: [raw, `${raw}_norm`], output },
];

const jointNodes: OnnxNode[] = [
  ...imageNodes('raw_image'),
  ...textNodes('raw_text'),
  ...unit('raw_image', 'image_embeds'),
  ...unit('raw_text', 'text_embeds'),
  { op: 'Transpose', inputs: ['text_embeds'], output: 'columns', attributes: { perm: [1, 0] } },
  { op: 'MatMul', inputs: ['image_embeds', 'columns'], output: 'cosines' },
  { op: 'Mul', inputs: ['cosines', 'scale'], output: 'scaled' },
  { op: 'Add', inputs: ['scaled', 'bias'], output: 'logits_per_image' },
];

/** Numbers without a pattern that would make rows alike. */
const wave = (length: number, step: number) =>
  Array.from({ length }, (_, i) => Math.sin((i + 1) * step) + Math.cos((i + 2) ** 2 * step));

const characters = [...'abcdefghijklmnopqrstuvwxyz0123456789.,!?{}$&-'];
const vocabulary = ['<start>', '<end>', ...characters, ...characters.map((letter) => `${letter}</w>`)];

/** Reads letter by letter, in lower case, between a start and an end token. */
function makeTokenizer(): object {
  const special = (id: number, content: string) => ({
    ...{ id, content, special: true, normalized: false },
    ...{ single_word: false, lstrip: false, rstrip: false },
  });
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [special(0, '<start>'), special(1, '<end>')],
    normalizer: { type: 'Lowercase' },
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [
        { type: 'WhitespaceSplit' },
        { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false },
      ],
    },
    post_processor: {
      ...{ type: 'RobertaProcessing', sep: ['<end>', 1], cls: ['<start>', 0] },
      ...{ trim_offsets: false, add_prefix_space: false },
    },
    decoder: null,
    model: {
      ...{ type: 'BPE', unk_token: '<end>', continuing_subword_prefix: '', end_of_word_suffix: '</w>' },
      ...{
        fuse_unk: false,
        vocab: Object.fromEntries(vocabulary.map((token, id) => [token, id])),
        merges: [],
      },
    },
  };
}
