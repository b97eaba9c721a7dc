import type { OnnxGraph, OnnxNode } from './make-onnx.js';

/** Tokens that a text may have. */
export const maxLength = 16;

const characters = [...'abcdefghijklmnopqrstuvwxyz0123456789.,!?{}$&-'];
export const vocabulary = ['<start>', '<end>', ...characters, ...characters.map((letter) => `${letter}</w>`)];

/** Weights of a text tower that sees which letters there are, in any order. */
export const textWeights = (dimension: number): NonNullable<OnnxGraph['weights']> => ({
  text: {
    shape: [vocabulary.length, dimension],
    data: wave(vocabulary.length * dimension, 0.7).map((x, i) => (i < 2 * dimension ? 0 : x)), // not <start>, <end>
  },
});

export const textNodes = (output: string): OnnxNode[] => [
  { op: 'Gather', inputs: ['text', 'input_ids'], output: 'letters', attributes: { axis: 0 } },
  // Padding adds zeros: it shortens the mean and does not turn it.
  { op: 'ReduceMean', inputs: ['letters'], output, attributes: { axes: [1], keepdims: 0 } },
];

/** Scales each row to L2 norm 1. */
export const unit = (raw: string, output: string): OnnxNode[] => [
  { op: 'ReduceL2', inputs: [raw], output: `${raw}_norm`, attributes: { axes: [1], keepdims: 1 } },
  { op: 'Div', inputs: [raw, `${raw}_norm`], output },
];

/** Numbers without a pattern that would make rows alike. */
export const wave = (length: number, step: number) =>
  Array.from({ length }, (_, i) => Math.sin((i + 1) * step) + Math.cos((i + 2) ** 2 * step));

/** Reads letter by letter, in lower case, between a start and an end token. */
export function makeTokenizer(): object {
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
