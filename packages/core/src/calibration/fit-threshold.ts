import type { Judgement } from './reliability.js';

export interface FitThresholdOptions {
  /** Least share of what is reported that should hold, 0 to 1. @defaultValue none: the best F1 is sought */
  readonly precision?: number | undefined;
}

/** How well what is reported and what holds agree. */
export interface Agreement {
  /** Of what is reported, how much holds; absent where nothing is reported. */
  readonly precision?: number;
  /** Of what holds, how much is reported. */
  readonly recall: number;
  /** Harmonic mean of both. */
  readonly f1: number;
}

/** A place between two neighbouring probabilities: all above it is reported. */
interface Cut {
  readonly threshold: number;
  readonly agreement: Agreement;
  /** Between the two. */
  readonly gap: number;
}

/** The frames of a film weigh 1 together: ten of 0.1 add up to a little less. */
const TOLERANCE = 1e-9;

/**
 * Finds the threshold from which on a label is best reported: that of the highest F1, or, for a wanted precision, the one with the highest recall that
 * has it. Of several that are as good, it lies in the middle of the widest gap between examples.
 *
 * @returns `undefined` where nothing holds, or nothing has that precision.
 * @see Lipton et al. 2014, "Optimal Thresholding of Classifiers to Maximize F1 Measure", arXiv:1402.1892
 */
export function fitThreshold(
  judgements: readonly Judgement[],
  { precision }: FitThresholdOptions = {},
): number | undefined {
  const rank = ({ agreement, gap }: Cut) =>
    precision === undefined ? [agreement.f1, gap] : [agreement.recall, agreement.precision ?? 0, gap];
  const least = (precision ?? 0) - TOLERANCE;
  const good = cutsOf(judgements).filter(
    ({ agreement }) => agreement.recall > 0 && (agreement.precision ?? 0) >= least,
  );
  return good.toSorted((a, b) => compare(rank(b), rank(a)))[0]?.threshold;
}

/** How well it goes to report what is `isReported`. */
export function measureAgreement(
  decisions: readonly (Pick<Judgement, 'isRight' | 'weight'> & { readonly isReported: boolean })[],
): Agreement {
  const sum = (wanted: (decision: (typeof decisions)[number]) => boolean) =>
    decisions.reduce((total, decision) => total + (wanted(decision) ? (decision.weight ?? 1) : 0), 0);
  return agreementOf(
    sum(({ isReported, isRight }) => isReported && isRight),
    sum(({ isReported }) => isReported),
    sum(({ isRight }) => isRight),
  );
}

function agreementOf(hits: number, reported: number, holding: number): Agreement {
  return {
    ...(reported > 0 && { precision: hits / reported }),
    recall: holding > 0 ? hits / holding : 0,
    f1: reported + holding > 0 ? (2 * hits) / (reported + holding) : 0,
  };
}

function cutsOf(judgements: readonly Judgement[]): Cut[] {
  const sorted = judgements.toSorted((a, b) => b.probability - a.probability);
  const holding = sorted.reduce((sum, { isRight, weight = 1 }) => sum + (isRight ? weight : 0), 0);
  const cuts: Cut[] = [];
  let [hits, reported] = [0, 0];
  for (const [i, { probability, isRight, weight = 1 }] of sorted.entries()) {
    reported += weight;
    if (isRight) hits += weight;
    if (sorted[i + 1]?.probability === probability) continue; // no threshold parts equal ones
    const next = sorted[i + 1]?.probability ?? 0;
    const agreement = agreementOf(hits, reported, holding);
    cuts.push({ threshold: (probability + next) / 2, agreement, gap: probability - next });
  }
  return cuts;
}

function compare(a: readonly number[], b: readonly number[]): number {
  const differing = a.findIndex((value, i) => value !== b[i]);
  return differing < 0 ? 0 : (a[differing] ?? 0) - (b[differing] ?? 0);
}
