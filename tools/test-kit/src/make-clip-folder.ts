import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeOnnx, type OnnxNode, type OnnxValue } from './make-onnx.js';
import {
  makeTokenizer,
  maxLength,
  textNodes,
  textWeights,
  unit,
  vocabulary,
  wave,
} from './make-text-tower.js';

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
    ...textWeights(textDimension),
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
    weights: textWeights(textDimension),
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

const imageNodes = (output: string): OnnxNode[] => [
  { op: 'ReduceMean', inputs: ['pixel_values'], output: 'colour', attributes: { axes: [2, 3], keepdims: 0 } },
  { op: 'MatMul', inputs: ['colour', 'image'], output },
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
