import { MediaError } from '../media-error.js';
import type { Activation } from '../score-labels.js';

/** What a model made of one example of which the right label is known. */
export interface Observation {
  /** For each label that competes, the logits of its sentences, before any temperature. */
  readonly logits: readonly Float64Array[];
  /** Place of the right label among them. */
  readonly truth: number;
  /** How much it counts. @defaultValue 1 */
  readonly weight?: number | undefined;
}

/** The probability of each label, as `scoreLabels` gives it. */
export function probabilitiesAt(
  observation: Observation,
  temperature: number,
  activation: Activation,
): Float64Array {
  const flat = flatten(observation);
  if (activation === 'sigmoid') return flat.tops.map((logit) => 1 / (1 + Math.exp(-logit / temperature)));
  return logProbabilities(flat, temperature).map(Math.exp);
}

/**
 * The mean negative log likelihood of the right labels, in nats: 0 is perfect. Under softmax of the right label of each observation, under sigmoid
 * of the answer to each label.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS` (no observation, or none that counts).
 */
export function negativeLogLikelihood(
  observations: readonly Observation[],
  temperature: number,
  activation: Activation,
): number {
  return likelihoodOf(observations, activation)(temperature);
}

/** The same as a function of the temperature, for who asks for many. */
export function likelihoodOf(
  observations: readonly Observation[],
  activation: Activation,
): (temperature: number) => number {
  const flat = observations.map(flatten);
  const weights = flat.reduce((sum, { weight }) => sum + weight, 0);
  if (!(weights > 0)) throw new MediaError('ERR_INVALID_OPTIONS', 'at least one observation was expected');
  const lossOf = activation === 'softmax' ? softmaxLoss : sigmoidLoss;
  return (temperature) => {
    let loss = 0;
    for (const each of flat) loss += each.weight * lossOf(each, temperature);
    return loss / weights;
  };
}

/** @throws {MediaError} `ERR_MODEL_OUTPUT` */
export function refuseUnfinished(observations: readonly Observation[]): void {
  if (observations.every(({ logits }) => logits.every((rows) => rows.every(Number.isFinite)))) return;
  throw new MediaError('ERR_MODEL_OUTPUT', 'a logit is not finite: nothing can be fitted to it');
}

/** An observation in two plain arrays, without what a temperature does not change: fitting reads it some hundred times. */
interface Flat {
  /** The rows of all labels, less the highest of all, so that exp() cannot overflow. */
  readonly rows: Float64Array;
  /** Where the rows of each label end. */
  readonly ends: Uint32Array;
  /** The highest row of each label, as it is. */
  readonly tops: Float64Array;
  readonly top: number;
  readonly truth: number;
  readonly weight: number;
}

function flatten({ logits, truth, weight = 1 }: Observation): Flat {
  const tops = Float64Array.from(logits, highest);
  const top = highest(tops);
  let end = 0;
  const ends = Uint32Array.from(logits, ({ length }) => {
    end += length;
    return end;
  });
  const rows = new Float64Array(end);
  logits.forEach((some, label) => {
    rows.set(some, ends[label]! - some.length); // one end for each label
  });
  return { rows: rows.map((logit) => logit - top), ends, tops, top, truth, weight };
}

/** The logarithm of each label's share. A label so far behind that exp() is 0 still has one: that of its best sentence. */
function logProbabilities({ rows, ends, tops, top }: Flat, temperature: number): Float64Array {
  const logs = new Float64Array(ends.length);
  let total = 0;
  let row = 0;
  for (let label = 0; label < ends.length; label++) {
    let sum = 0;
    for (const end = ends[label]!; row < end; row++) sum += Math.exp(rows[row]! / temperature); // both in range
    total += sum;
    logs[label] = sum > 0 ? Math.log(sum) : (tops[label]! - top) / temperature; // one top for each label
  }
  const all = Math.log(total);
  for (let label = 0; label < logs.length; label++) logs[label]! -= all; // in range
  return logs;
}

/** The truth is one of the labels. */
const softmaxLoss = (flat: Flat, temperature: number) => -logProbabilities(flat, temperature)[flat.truth]!;

function sigmoidLoss({ tops, truth }: Flat, temperature: number): number {
  let loss = 0;
  for (let label = 0; label < tops.length; label++) {
    const logit = tops[label]! / temperature; // in range
    loss += softplus(label === truth ? -logit : logit);
  }
  return loss / tops.length;
}

const highest = (rows: Float64Array) => rows.reduce((a, b) => Math.max(a, b), -Infinity);

/** log(1 + exp(x)) */
const softplus = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
