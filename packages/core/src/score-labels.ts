import type { LabelSet } from './chunks.js';
import { MediaError } from './media-error.js';

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
  /** `softmax`: the labels of a group compete. `sigmoid`: each label stands alone (SigLIP). */
  readonly activation: 'softmax' | 'sigmoid';
  /** What cosines are multiplied with before the activation: 1 / temperature. Often near 100. */
  readonly logitScale: number;
  /** Added after that. @defaultValue 0 */
  readonly logitBias?: number;
}

export interface LabelFit {
  readonly similarities: Float32Array;
  readonly probabilities: Float32Array;
}

/**
 * Compares a vector with every label.
 *
 * @param temperature - divides the logits: above 1 flatter, below 1 sharper.
 * @throws {MediaError} `ERR_MODEL_OUTPUT` when a number is not finite.
 * @see Radford et al. 2021, arXiv:2103.00020, figure 3; Zhai et al. 2023, arXiv:2303.15343, section 3.2
 */
export function scoreLabels(vector: Float32Array, labels: EncodedLabelSet, temperature = 1): LabelFit {
  const { vectors, activation, logitScale, logitBias = 0 } = labels;
  const similarities = multiplyRows(vectors, vector);
  if (!similarities.every(Number.isFinite)) {
    throw new MediaError('ERR_MODEL_OUTPUT', `model ${labels.model} gave an embedding that is not finite`);
  }
  const logits = similarities.map((cosine) => (cosine * logitScale + logitBias) / temperature);
  if (activation === 'sigmoid') return { similarities, probabilities: logits.map(sigmoid) };

  let start = 0;
  for (const group of labels.labelSet.groups) {
    const end = start + group.labels.length;
    softmaxInPlace(logits.subarray(start, end));
    start = end;
  }
  return { similarities, probabilities: logits };
}

function multiplyRows(rows: Float32Array, vector: Float32Array): Float32Array {
  const { length } = vector;
  const products = new Float32Array(rows.length / length);
  for (let row = 0; row < products.length; row++) {
    let sum = 0;
    for (let i = 0; i < length; i++) sum += rows[row * length + i]! * vector[i]!; // both in range
    products[row] = sum;
  }
  return products;
}

/** Subtracts the highest logit first, so that exp() cannot overflow. */
function softmaxInPlace(logits: Float32Array): void {
  const highest = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  const sum = logits.reduce((total, logit) => total + Math.exp(logit - highest), 0);
  logits.forEach((logit, i) => {
    logits[i] = Math.exp(logit - highest) / sum;
  });
}

const sigmoid = (logit: number) => 1 / (1 + Math.exp(-logit));
