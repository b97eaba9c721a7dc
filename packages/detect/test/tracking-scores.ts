import type { Detection } from '@deepffmpeg/core';
import { assignPairs } from '../src/assign-pairs.js';
import { edgesOf, overlapOf } from '../src/candidate.js';

/** One frame: what was there, with true ids, and what the tracker told. */
export interface ScoredFrame {
  readonly truth: readonly Detection[];
  readonly tracked: readonly Detection[];
}

/**
 * MOTA and IDF1, at an overlap of at least one half.
 *
 * @see Bernardin and Stiefelhagen 2008, "Evaluating multiple object tracking performance: the CLEAR MOT metrics";
 * Ristani et al. 2016, arXiv:1609.01775
 */
export function trackingScores(frames: readonly ScoredFrame[]): { mota: number; idf1: number } {
  const lastIds = new Map<number, number>();
  const together = new Map<number, Map<number, number>>();
  let [misses, inventions, switches, truths, told] = [0, 0, 0, 0, 0];
  for (const { truth, tracked } of frames) {
    const costs = truth.map((object) =>
      tracked.map((other) => {
        const distance = 1 - overlapOf(edgesOf(object.region), edgesOf(other.region));
        if (distance <= 0.5) count(together, idOf(object), idOf(other));
        // A pair that held in the last frame goes before others.
        return distance <= 0.5 && lastIds.get(idOf(object)) === idOf(other) ? distance / 1000 : distance;
      }),
    );
    const pairs = assignPairs(costs, 0.5 + 1e-9);
    truths += truth.length;
    told += tracked.length;
    misses += truth.length - pairs.length;
    inventions += tracked.length - pairs.length;
    for (const [row, column] of pairs) {
      const [id, trackId] = [idOf(truth[row]!), idOf(tracked[column]!)]; // pairs are in range
      if ((lastIds.get(id) ?? trackId) !== trackId) switches++;
      lastIds.set(id, trackId);
    }
  }
  return {
    mota: 1 - (misses + inventions + switches) / truths,
    idf1: (2 * bestAgreement(together)) / (truths + told),
  };
}

const idOf = ({ region }: Detection) => region.trackId ?? Number.NaN;

function count(together: Map<number, Map<number, number>>, id: number, trackId: number): void {
  const row = together.get(id) ?? new Map<number, number>();
  together.set(id, row.set(trackId, (row.get(trackId) ?? 0) + 1));
}

/** Frames in which truth and tracker agree, when each true id is joined with one track for good. */
function bestAgreement(together: Map<number, Map<number, number>>): number {
  const rows = [...together.values()];
  const ids = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  const most = Math.max(1, ...rows.flatMap((row) => [...row.values()]));
  const costs = rows.map((row) => ids.map((id) => 1 - (row.get(id) ?? 0) / most));
  return assignPairs(costs, 1).reduce((sum, [row, column]) => sum + (rows[row]!.get(ids[column]!) ?? 0), 0);
}
