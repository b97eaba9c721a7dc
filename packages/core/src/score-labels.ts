import type { LabelSet } from './chunks.js';
import { MediaError } from './media-error.js';

/** How cosines become probabilities. `softmax`: the rows of a group compete (CLIP). `sigmoid`: each row stands alone (SigLIP). */
export type Activation = 'softmax' | 'sigmoid';

/** A label set in the language of one model: made once by its text tower, then used for every embedding. */
export interface EncodedLabelSet {
  readonly labelSet: LabelSet;
  /** Id of the model whose embeddings these can be compared with. */
  readonly model: string;
  /** float32, `[rows, dimension]`, each row of L2 norm 1; rows in label order. */
  readonly vectors: Float32Array;
  /**
   * How many rows, one a sentence, stand for each label, in label order.
   * @defaultValue one each
   */
  readonly rowsPerLabel?: readonly number[];
  readonly activation: Activation;
  /** What cosines are multiplied with before the activation: 1 / temperature. Often near 100. */
  readonly logitScale: number;
  /** Added after that. @defaultValue 0 */
  readonly logitBias?: number;
  /** Divides the logits: above 1 flatter, below 1 sharper. @defaultValue the scorer's */
  readonly temperature?: number;
}

/** How well each label fits, in label order. */
export interface LabelFit {
  /** Cosines, -1 to 1: each label's best sentence. */
  readonly similarities: Float32Array;
  /** 0 to 1; under softmax those of a group sum to 1. */
  readonly probabilities: Float32Array;
}

/** Rows of the encoded label set from `first` to before `end`. */
interface Rows {
  readonly first: number;
  readonly end: number;
}

/**
 * Compares a vector with every label. A label of several sentences has the similarity of its best one;
 * its probability is the sum over them under softmax, the highest under sigmoid.
 *
 * @param vector - float32, `[dimension]`, L2 norm 1
 * @param temperature - divides the logits: above 1 flatter, below 1 sharper.
 * @throws {MediaError} `ERR_MISMATCH` when the dimensions differ, `ERR_MODEL_OUTPUT` when a number is not finite.
 * @see Radford et al. 2021, arXiv:2103.00020, figure 3; Zhai et al. 2023, arXiv:2303.15343, section 3.2
 */
export function scoreLabels(vector: Float32Array, encoded: EncodedLabelSet, temperature = 1): LabelFit {
  const { activation, logitScale, logitBias = 0, labelSet } = encoded;
  const labels = rowsOfLabels(encoded);
  const cosines = multiplyRows(encoded, labels.at(-1)?.end ?? 0, vector);
  const weights = Float64Array.from(cosines, (cosine) => cosine * logitScale + logitBias);

  if (activation === 'sigmoid') weights.set(weights.map((logit) => sigmoid(logit / temperature)));
  else
    for (const { first, end } of rowsOfGroups(labelSet, labels))
      softmaxInPlace(weights.subarray(first, end), temperature);

  return {
    similarities: Float32Array.from(labels, ({ first, end }) => highest(cosines.subarray(first, end))),
    probabilities: Float32Array.from(labels, ({ first, end }) => {
      const rows = weights.subarray(first, end);
      return activation === 'softmax' ? Math.min(1, sum(rows)) : highest(rows);
    }),
  };
}

/**
 * What `scoreLabels` makes probabilities of: for each label, in label order, the logits of its rows, before a temperature divides them.
 *
 * @throws {MediaError} as `scoreLabels`.
 */
export function labelLogits(vector: Float32Array, encoded: EncodedLabelSet): Float64Array[] {
  const { logitScale, logitBias = 0 } = encoded;
  const labels = rowsOfLabels(encoded);
  const cosines = multiplyRows(encoded, labels.at(-1)?.end ?? 0, vector);
  return labels.map(({ first, end }) =>
    Float64Array.from(cosines.subarray(first, end), (cosine) => cosine * logitScale + logitBias),
  );
}

function multiplyRows({ vectors, model }: EncodedLabelSet, rows: number, vector: Float32Array): Float32Array {
  const { length } = vector;
  if (vectors.length !== rows * length) {
    const problem = `labels encoded by ${model} as ${rows} rows of ${vectors.length / rows} numbers do not fit an embedding of ${length}`;
    throw new MediaError('ERR_MISMATCH', problem);
  }
  const products = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    let total = 0;
    for (let i = 0; i < length; i++) total += vectors[row * length + i]! * vector[i]!; // both in range
    products[row] = total;
  }
  if (!products.every(Number.isFinite))
    throw new MediaError('ERR_MODEL_OUTPUT', `model ${model} gave an embedding that is not finite`);
  return products;
}

function rowsOfLabels({ labelSet, rowsPerLabel }: EncodedLabelSet): Rows[] {
  const counts = rowsPerLabel ?? labelSet.groups.flatMap(({ labels }) => labels.map(() => 1));
  let first = 0;
  return counts.map((count) => {
    const rows = { first, end: first + count };
    first = rows.end;
    return rows;
  });
}

function rowsOfGroups({ groups }: LabelSet, labels: readonly Rows[]): Rows[] {
  let label = 0;
  return groups.map((group) => {
    const first = labels[label]?.first ?? 0;
    label += group.labels.length;
    return { first, end: labels[label - 1]?.end ?? first };
  });
}

/** Subtracts the highest logit first of all, so that neither exp() nor a division by next to nothing can overflow. */
function softmaxInPlace(logits: Float64Array, temperature: number): void {
  const top = highest(logits);
  let total = 0;
  logits.forEach((logit, i) => {
    logits[i] = Math.exp((logit - top) / temperature);
    total += logits[i]!; // just put there
  });
  logits.forEach((weight, i) => {
    logits[i] = weight / total;
  });
}

const sigmoid = (logit: number) => 1 / (1 + Math.exp(-logit));
const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0);
const highest = (values: Float32Array | Float64Array) =>
  (values as Float64Array).reduce((a, b) => Math.max(a, b), -Infinity); // the union of both has no callable reduce
