import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeOnnx, type OnnxGraph, type OnnxNode, type OnnxValue } from './make-onnx.js';
import { makeTokenizer, maxLength, textNodes, textWeights, unit, wave } from './make-text-tower.js';

/** What may be other than it should be in a made model. */
export interface MadeClap {
  /** Whether the network takes features, or samples as `audio` of `deepffmpeg.json` says. */
  readonly input?: 'log-mel' | 'samples';
  /** Features four times, by the other mel scale, and `is_longer`, which moves the embedding if it is true. */
  readonly fusion?: boolean;
  /** How many sounds the audio tower takes at a time; without it any number. */
  readonly fixedBatch?: number;
  /** Lengths of its embeddings. */
  readonly dimension?: number;
  readonly textDimension?: number;
  /** Of the joint model, which is made only if this is given: the scale of its audio rows. Text rows have another. */
  readonly joint?: { readonly scale: number };
  /** Whether the towers' declared sizes of features and embeddings are free. */
  readonly freeShapes?: boolean;
  /** Makes the audio tower give NaN. */
  readonly broken?: boolean;
  /** Fields to put in place of those of each JSON file; `undefined` takes one away. */
  readonly config?: object;
  readonly preprocessor?: object;
  readonly tokenizerConfig?: object;
  /** `deepffmpeg.json`; null leaves the file out. */
  readonly sidecar?: object | null;
}

const sampleRate = 1600;
const windowSeconds = 0.1;
const bands = 8;
const frames = 11;

/**
 * Writes a whole audio-text model in the Hugging Face ONNX layout, for windows of 160 samples at 1600 Hz: its audio tower
 * hears the mean spectrum (or the samples), its text tower the letters, in any order. Deterministic.
 */
export async function makeClapFolder(folder: string, made: MadeClap = {}): Promise<string> {
  const { input = 'log-mel', dimension = 4, textDimension = dimension, joint, fusion = false } = made;
  await mkdir(join(folder, 'onnx'), { recursive: true });
  const json = (name: string, value: object) => writeFile(join(folder, name), JSON.stringify(value));

  await json('config.json', {
    model_type: 'clap',
    logit_scale_init_value: 14.2857,
    projection_dim: dimension,
    text_config: { model_type: 'clap_text_model', max_position_embeddings: maxLength + 2, pad_token_id: 1 },
    audio_config: { num_mel_bins: bands, enable_fusion: fusion },
    ...made.config,
  });
  if (input === 'log-mel') {
    await json('preprocessor_config.json', {
      feature_extractor_type: 'ClapFeatureExtractor',
      sampling_rate: sampleRate,
      max_length_s: windowSeconds,
      nb_max_samples: sampleRate * windowSeconds,
      feature_size: bands,
      fft_window_size: 32,
      hop_length: 16,
      frequency_min: 20,
      frequency_max: 780,
      padding: 'repeatpad',
      truncation: fusion ? 'fusion' : 'rand_trunc',
      top_db: null,
      ...made.preprocessor,
    });
  }
  await json('tokenizer.json', makeTokenizer());
  await json('tokenizer_config.json', {
    model_max_length: maxLength,
    pad_token: '<end>',
    ...made.tokenizerConfig,
  });
  if (made.sidecar !== null) {
    await json('deepffmpeg.json', {
      task: 'clap',
      logitScale: 11,
      ...(input === 'samples' && { audio: { sampleRate, windowSeconds, padding: 'repeat' } }),
      ...made.sidecar,
    });
  }

  const write = (name: string, graph: OnnxGraph) => writeFile(join(folder, 'onnx', name), makeOnnx(graph));
  const audio = audioPart(made, dimension);
  const text = textPart(made, textDimension);
  await write('audio_model.onnx', { ...audio, nodes: audio.nodes('audio_embeds') });
  await write('text_model.onnx', { ...text, nodes: textNodes('text_embeds') });
  if (joint) {
    await write('model.onnx', {
      inputs: [...text.inputs, ...audio.inputs],
      outputs: [
        { name: 'logits_per_audio', type: 'float32', shape: ['batch', 'texts'] },
        { name: 'logits_per_text', type: 'float32', shape: ['texts', 'batch'] },
        ...text.outputs,
        ...audio.outputs,
      ],
      nodes: [...audio.nodes('raw_audio'), ...textNodes('raw_text'), ...jointNodes],
      weights: {
        ...audio.weights,
        ...text.weights,
        audio_scale: { shape: [1], data: [joint.scale] },
        text_scale: { shape: [1], data: [joint.scale / 3] },
      },
    });
  }
  return folder;
}

function audioPart(
  { input = 'log-mel', fusion, fixedBatch, freeShapes, broken }: MadeClap,
  dimension: number,
) {
  const batch = fixedBatch ?? 'batch';
  const samples = sampleRate * windowSeconds;
  const value: OnnxValue =
    input === 'samples'
      ? { name: 'samples', type: 'float32', shape: [batch, freeShapes ? 'length' : samples] }
      : {
          name: 'input_features',
          type: 'float32',
          shape: freeShapes ? [batch, 'channels', 'frames', 'bands'] : [batch, fusion ? 4 : 1, frames, bands],
        };
  const isLonger: OnnxValue = { name: 'is_longer', type: 'bool', shape: [batch, 1] };
  const rows = input === 'samples' ? samples : bands;
  return {
    inputs: fusion ? [value, isLonger] : [value],
    outputs: [
      { name: 'audio_embeds', type: 'float32', shape: [batch, freeShapes ? 'dimension' : dimension] },
    ] as const,
    nodes: (output: string) => audioNodes(input, fusion ?? false, output),
    weights: {
      audio: { shape: [rows, dimension], data: wave(rows * dimension, broken ? Number.NaN : 1.3) },
    },
  };
}

function textPart({ freeShapes }: MadeClap, dimension: number) {
  const shape = ['texts', 'length'];
  return {
    inputs: [
      { name: 'input_ids', type: 'int64', shape },
      { name: 'attention_mask', type: 'int64', shape },
    ],
    outputs: [
      { name: 'text_embeds', type: 'float32', shape: ['texts', freeShapes ? 'dimension' : dimension] },
    ],
    weights: textWeights(dimension),
  } as const;
}

function audioNodes(input: 'log-mel' | 'samples', fusion: boolean, output: string): OnnxNode[] {
  if (input === 'samples') return [{ op: 'MatMul', inputs: ['samples', 'audio'], output }];
  const mean: OnnxNode = {
    op: 'ReduceMean',
    inputs: ['input_features'],
    output: 'spectrum',
    attributes: { axes: [1, 2], keepdims: 0 },
  };
  if (!fusion) return [mean, { op: 'MatMul', inputs: ['spectrum', 'audio'], output }];
  return [
    mean,
    { op: 'MatMul', inputs: ['spectrum', 'audio'], output: 'whole' },
    { op: 'Cast', inputs: ['is_longer'], output: 'longer', attributes: { to: 1 } }, // to float32
    { op: 'Add', inputs: ['whole', 'longer'], output },
  ];
}

const jointNodes: OnnxNode[] = [
  ...unit('raw_audio', 'audio_embeds'),
  ...unit('raw_text', 'text_embeds'),
  { op: 'Transpose', inputs: ['text_embeds'], output: 'columns', attributes: { perm: [1, 0] } },
  { op: 'MatMul', inputs: ['audio_embeds', 'columns'], output: 'cosines' },
  { op: 'Mul', inputs: ['cosines', 'audio_scale'], output: 'logits_per_audio' },
  { op: 'Transpose', inputs: ['cosines'], output: 'turned', attributes: { perm: [1, 0] } },
  { op: 'Mul', inputs: ['turned', 'text_scale'], output: 'logits_per_text' },
];
