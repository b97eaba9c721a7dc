import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { tinyClipFolder } from '../../src/index.js';

export const SIZE = 64;
export const DIMENSION = 128;

interface ModelSettings {
  logitScale: number;
  embeddingSize: number;
  activation: string;
  task: string;
  promptTemplate: string;
}

const readJson = (name: string): unknown => JSON.parse(readFileSync(join(tinyClipFolder, name), 'utf8'));
// The casts are proven by the tests of the settings and of the answers.
export const settings = readJson('deepffmpeg.json') as ModelSettings;
const vocabulary = (readJson('tokenizer.json') as { model: { vocab: Record<string, number> } }).model.vocab;

/** Token numbers between start and end, as tokenizer.json says for texts without punctuation. */
export function encode(text: string, padding = 0): number[] {
  return [
    vocabulary['<s>']!,
    ...text.toLowerCase().split(' ').flatMap(piecesOf),
    vocabulary['</s>']!,
    ...Array<number>(padding).fill(vocabulary['[PAD]']!),
  ];
}

/** WordPiece: the longest known beginning, then the longest known piece of the rest. */
function piecesOf(word: string): number[] {
  const found: number[] = [];
  let at = 0;
  while (at < word.length) {
    const prefix = at === 0 ? '' : '##';
    let end = word.length;
    while (end > at && vocabulary[prefix + word.slice(at, end)] === undefined) end--;
    if (end === at) return [vocabulary['[UNK]']!];
    found.push(vocabulary[prefix + word.slice(at, end)]!);
    at = end;
  }
  return found;
}

/** Both towers with the least around them: the package's own tests do not lean on the packages that use it. */
export interface TinyClip {
  embedPictures(pictures: readonly Float32Array[]): Promise<Float32Array[]>;
  embedTokens(rows: readonly number[][]): Promise<Float32Array[]>;
  /** Probabilities of the labels for one picture. */
  classify(picture: Float32Array, labels: readonly string[]): Promise<number[]>;
  release(): Promise<void>;
}

export async function openTinyClip(): Promise<TinyClip> {
  const vision = await InferenceSession.create(join(tinyClipFolder, 'onnx/vision_model.onnx'));
  const text = await InferenceSession.create(join(tinyClipFolder, 'onnx/text_model.onnx'));
  const pair: TinyClip = {
    async embedPictures(pictures) {
      const values = new Float32Array(pictures.length * 3 * SIZE * SIZE);
      pictures.forEach((picture, i) => {
        values.set(picture, i * picture.length);
      });
      const input = new Tensor('float32', values, [pictures.length, 3, SIZE, SIZE]);
      return rowsOf((await vision.run({ pixel_values: input }))['image_embeds']!);
    },
    async embedTokens(rows) {
      const values = BigInt64Array.from(rows.flat().map(BigInt));
      const input = new Tensor('int64', values, [rows.length, rows[0]!.length]);
      return rowsOf((await text.run({ input_ids: input }))['text_embeds']!);
    },
    async classify(picture, labels) {
      const longest = Math.max(...labels.map((label) => encode(label).length));
      const known = await pair.embedTokens(
        labels.map((label) => encode(label, longest - encode(label).length)),
      );
      const [seen] = await pair.embedPictures([picture]);
      const weights = known.map((row) => Math.exp(settings.logitScale * dot(row, seen!)));
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      return weights.map((weight) => weight / total);
    },
    async release() {
      await vision.release();
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
