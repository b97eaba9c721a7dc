import { type Candidate, overlapOf } from './candidate.js';

/** Bounds the work on a frame: at most `mostCandidates * mostObjects` pairs are compared. */
const mostCandidates = 2000;

/**
 * Keeps, of boxes of one class that overlap by more than `overlap`, the one with the highest score. Boxes of equal score
 * stay in the order in which they came. Of more than 2000 boxes the best 2000 are looked at.
 *
 * @param overlap - 0 to 1; at 1 all stay.
 * @param mostObjects - how many are kept at most, the best first.
 * @returns the kept ones by falling score.
 */
export function suppressOverlaps(
  candidates: readonly Candidate[],
  overlap: number,
  mostObjects: number,
): Candidate[] {
  const best = candidates.toSorted((a, b) => b.score - a.score).slice(0, mostCandidates);
  const kept: Candidate[] = [];
  for (const candidate of best) {
    if (kept.length === mostObjects) break;
    const isHidden = kept.some(
      (other) => other.classIndex === candidate.classIndex && overlapOf(other, candidate) > overlap,
    );
    if (!isHidden) kept.push(candidate);
  }
  return kept;
}
