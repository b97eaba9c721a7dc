import { MediaError } from '../media-error.js';

/** A probability that something holds, and whether it does. */
export interface Judgement {
  readonly probability: number;
  readonly isRight: boolean;
  /** How much it counts. @defaultValue 1 */
  readonly weight?: number | undefined;
}

/** The judgements whose probabilities lie from `from` to below `to` (the last bin: to 1). */
export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  /** Sum of their weights. */
  readonly weight: number;
  /** Their mean, 0 to 1, and how many of them hold, 0 to 1; absent in an empty bin. */
  readonly meanProbability?: number;
  readonly shareRight?: number;
}

/** How far probabilities mean what they say. */
export interface Reliability {
  /** The mean distance, over all judgements, between what is said and what holds, 0 to 1. */
  readonly expectedCalibrationError: number;
  /** Of one width, from 0 to 1. */
  readonly bins: readonly ReliabilityBin[];
}

/**
 * Tells how far probabilities mean what they say: of all that are said to hold with 0.8, eight in ten should.
 *
 * @param count - how many bins of one width.
 * @throws {MediaError} `ERR_MODEL_OUTPUT` for a probability that is none.
 * @see Naeini et al. 2015, "Obtaining Well Calibrated Probabilities Using Bayesian Binning"; Guo et al. 2017, arXiv:1706.04599, section 2
 */
export function measureReliability(judgements: readonly Judgement[], count = 10): Reliability {
  const sums = Array.from({ length: count }, () => ({ weight: 0, probability: 0, right: 0 }));
  for (const { probability, isRight, weight = 1 } of judgements) {
    const bin = sums[Math.min(count - 1, Math.floor(probability * count))];
    if (!bin || probability > 1)
      throw new MediaError('ERR_MODEL_OUTPUT', `a probability was expected, 0 to 1, and ${probability} came`);
    bin.weight += weight;
    bin.probability += weight * probability;
    if (isRight) bin.right += weight;
  }
  const total = sums.reduce((sum, { weight }) => sum + weight, 0);
  const distance = sums.reduce((sum, { probability, right }) => sum + Math.abs(probability - right), 0);
  return {
    expectedCalibrationError: total > 0 ? distance / total : 0,
    bins: sums.map(({ weight, probability, right }, i) => ({
      from: i / count,
      to: (i + 1) / count,
      weight,
      ...(weight > 0 && { meanProbability: probability / weight, shareRight: right / weight }),
    })),
  };
}
