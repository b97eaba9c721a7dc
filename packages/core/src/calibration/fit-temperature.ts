import type { Activation } from '../score-labels.js';
import { likelihoodOf, type Observation, refuseUnfinished } from './observation.js';

export interface FitTemperatureOptions {
  readonly activation: Activation;
  /**
   * How strongly the temperature is held near 1, the model's own: this many times half the square of its logarithm is added to the mean
   * loss. 1 / (number of examples) equals a standard normal prior on that logarithm, so that few examples move it little.
   * @defaultValue 0
   */
  readonly pull?: number | undefined;
}

/** A model a hundred times too sure, or too unsure, is beyond help. */
const LEAST = 0.01;
const MOST = 100;

/** Enough to find the right valley, should several sentences a label make more than one. */
const GRID_STEPS = 24;

/** Relative. */
const TOLERANCE = 1e-5;

const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * Finds the temperature, 0.01 to 100, under which the right labels are the most likely: what logits are divided by.
 *
 * Accuracy stays as it is, since all labels are divided alike; where a label has several sentences, nearly. Where the likelihood has no best
 * temperature, as when every example is right, the end of the range comes out: `pull` keeps that from happening.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS` (no observation), `ERR_MODEL_OUTPUT` (a logit that is not finite).
 * @see Guo et al. 2017, "On Calibration of Modern Neural Networks", arXiv:1706.04599, section 4.2 (temperature scaling)
 */
export function fitTemperature(
  observations: readonly Observation[],
  { activation, pull = 0 }: FitTemperatureOptions,
): number {
  refuseUnfinished(observations);
  const lossOf = likelihoodOf(observations, activation);
  const lossAt = (log: number) => lossOf(Math.exp(log)) + (pull * log ** 2) / 2;
  const [low, high] = [Math.log(LEAST), Math.log(MOST)];
  const step = (high - low) / GRID_STEPS;
  const losses = Array.from({ length: GRID_STEPS + 1 }, (_, i) => lossAt(low + i * step));
  const best = low + losses.indexOf(Math.min(...losses)) * step;
  const found = goldenSection(lossAt, Math.max(low, best - step), Math.min(high, best + step));
  // The search draws near to the ends of the range and never reaches them.
  const least = lossAt(found);
  if (lossAt(low) < least) return LEAST;
  return lossAt(high) < least ? MOST : Math.exp(found);
}

/** The place of the lowest value between two places, where there is one valley. @see Kiefer 1953 */
function goldenSection(valueAt: (place: number) => number, from: number, to: number): number {
  let [low, high] = [from, to];
  let [left, right] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
  let [atLeft, atRight] = [valueAt(left), valueAt(right)];
  while (high - low > TOLERANCE) {
    if (atLeft <= atRight) {
      [high, right, atRight] = [right, left, atLeft];
      left = high - GOLDEN * (high - low);
      atLeft = valueAt(left);
    } else {
      [low, left, atLeft] = [left, right, atRight];
      right = low + GOLDEN * (high - low);
      atRight = valueAt(right);
    }
  }
  return (low + high) / 2;
}
