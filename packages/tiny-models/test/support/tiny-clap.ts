import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { tinyClapFolder } from '../../src/index.js';
import { BANDS, FRAMES, logMel } from './log-mel.js';

export const DIMENSION = 128;

interface ModelSettings {
  logitScale: number;
  embeddingSize: number;
  activation: string;
  task: string;
  promptTemplate: string;
}

export const readJson = (name: string): unknown =>
  JSON.parse(readFileSync(join(tinyClapFolder, name), 'utf8'));
// The casts are proven by the tests of the settings and of the answers.
export const settings = readJson('deepffmpeg.json') as ModelSettings;
const vocabulary = (readJson('tokenizer.json') as { model: { vocab: Record<string, number> } }).model.vocab;

/** Token numbers between start and end, as tokenizer.json says: words and single signs, lower-cased; other words in pieces. */
function encode(text: string): number[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? [];
  return [vocabulary['<s>']!, ...words.flatMap(piecesOf), vocabulary['</s>']!];
}

/** From the left the longest piece each time; without a way through, the word is one unknown word. */
function piecesOf(word: string): number[] {
  const pieces: number[] = [];
  for (let start = 0; start < word.length; ) {
    const piece = (end: number) => vocabulary[(start === 0 ? '' : '##') + word.slice(start, end)];
    let end = word.length;
    while (end > start && piece(end) === undefined) end -= 1;
    const found = piece(end);
    if (end === start || found === undefined) return [vocabulary['[UNK]']!];
    pieces.push(found);
    start = end;
  }
  return pieces;
}

/** Both towers with the least around them: the package's own tests do not lean on the packages that use it. */
export interface TinyClap {
  embedSounds(sounds: readonly Float32Array[]): Promise<Float32Array[]>;
  /** Embeddings of the texts, padded to one length, with so many paddings more. */
  embedTexts(texts: readonly string[], padding?: number): Promise<Float32Array[]>;
  /** Probabilities of the labels, put into the template, for the embedding of one sound. */
  classify(heard: Float32Array, labels: readonly string[], template?: string): Promise<number[]>;
  release(): Promise<void>;
}

export async function openTinyClap(): Promise<TinyClap> {
  const audio = await InferenceSession.create(join(tinyClapFolder, 'onnx/audio_model.onnx'));
  const text = await InferenceSession.create(join(tinyClapFolder, 'onnx/text_model.onnx'));
  const pair: TinyClap = {
    async embedSounds(sounds) {
      const values = new Float32Array(sounds.length * FRAMES * BANDS);
      sounds.forEach((sound, i) => {
        values.set(logMel(sound), i * FRAMES * BANDS);
      });
      const input = new Tensor('float32', values, [sounds.length, 1, FRAMES, BANDS]);
      return rowsOf((await audio.run({ input_features: input }))['audio_embeds']!);
    },
    async embedTexts(texts, padding = 0) {
      const rows = texts.map(encode);
      const longest = Math.max(...rows.map((row) => row.length)) + padding;
      const filled = (of: (row: readonly number[], i: number) => number) =>
        new Tensor(
          'int64',
          BigInt64Array.from(
            rows.flatMap((row) => Array.from({ length: longest }, (_, i) => BigInt(of(row, i)))),
          ),
          [rows.length, longest],
        );
      const output = await text.run({
        input_ids: filled((row, i) => row[i] ?? vocabulary['[PAD]']!),
        attention_mask: filled((row, i) => (i < row.length ? 1 : 0)),
      });
      return rowsOf(output['text_embeds']!);
    },
    async classify(heard, labels, template = settings.promptTemplate) {
      const known = await pair.embedTexts(labels.map((label) => template.replace('{}', label)));
      const weights = known.map((row) => Math.exp(settings.logitScale * dot(row, heard)));
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      return weights.map((weight) => weight / total);
    },
    async release() {
      await audio.release();
      await text.release();
    },
  };
  return pair;
}

export function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

function rowsOf(tensor: Tensor): Float32Array[] {
  // Both towers give float32.
  const values = tensor.data as Float32Array;
  return Array.from({ length: tensor.dims[0]! }, (_, i) => values.slice(i * DIMENSION, (i + 1) * DIMENSION));
}
