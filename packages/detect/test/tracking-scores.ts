import type { Detection } from '@deepffmpeg/core';
import { assignPairs } from '../src/assign-pairs.js';
import { edgesOf, overlapOf } from '../src/candidate.js';

/** One frame: what was there, with true ids, and what the tracker told. */
export interface ScoredFrame {
  readonly truth: readonly Detection[];
  readonly tracked: readonly Detection[];
}

export interface TrackingScores {
  readonly mota: number;
  readonly idf1: number;
  readonly misses: number;
  readonly inventions: number;
  readonly switches: number;
}

const MOST_DISTANCE = 0.5;
/** More than all distances of a frame together, so that as many pairs are made as can be. */
const UNPAIRED = 1e6;

/**
 * MOTA and IDF1 as py-motmetrics has them, at an overlap of at least one half: pairs that held go first, whatever the others lose.
 *
 * @see Bernardin and Stiefelhagen 2008, "Evaluating multiple object tracking performance: the CLEAR MOT metrics";
 * Ristani et al. 2016, arXiv:1609.01775
 */
export function trackingScores(frames: readonly ScoredFrame[]): TrackingScores {
  const lastIds = new Map<number, number>();
  const together = new Map<number, Map<number, number>>();
  let [misses, inventions, switches, truths, told] = [0, 0, 0, 0, 0];
  for (const { truth, tracked } of frames) {
    for (const object of truth)
      for (const other of tracked)
        if (distanceOf(object, other) <= MOST_DISTANCE) count(together, idOf(object), idOf(other));
    const pairs = pairsOf(truth, tracked, lastIds);
    truths += truth.length;
    told += tracked.length;
    misses += truth.length - pairs.length;
    inventions += tracked.length - pairs.length;
    for (const [id, trackId] of pairs) {
      if ((lastIds.get(id) ?? trackId) !== trackId) switches++;
      lastIds.set(id, trackId);
    }
  }
  return {
    mota: 1 - (misses + inventions + switches) / truths,
    idf1: (2 * bestAgreement(together)) / (truths + told),
    misses,
    inventions,
    switches,
  };
}

const idOf = ({ region }: Detection) => region.trackId ?? Number.NaN;

const distanceOf = (a: Detection, b: Detection) => 1 - overlapOf(edgesOf(a.region), edgesOf(b.region));

/** True and told ids that belong together in a frame. */
function pairsOf(
  truth: readonly Detection[],
  tracked: readonly Detection[],
  lastIds: ReadonlyMap<number, number>,
): [id: number, trackId: number][] {
  const kept = new Map<Detection, Detection>(); // told to true; of two that held the same, the first keeps it
  for (const object of truth) {
    const last = tracked.find((other) => idOf(other) === lastIds.get(idOf(object)));
    if (last && !kept.has(last) && distanceOf(object, last) <= MOST_DISTANCE) kept.set(last, object);
  }
  const held = new Set(kept.values());
  const rest = truth.filter((object) => !held.has(object));
  const free = tracked.filter((other) => !kept.has(other));
  const costs = rest.map((object) =>
    free.map((other) => {
      const distance = distanceOf(object, other);
      return distance <= MOST_DISTANCE ? distance : Number.POSITIVE_INFINITY;
    }),
  );
  return [
    ...[...kept].map(([other, object]): [number, number] => [idOf(object), idOf(other)]),
    ...assignPairs(costs, UNPAIRED).map(([row, column]): [number, number] => [
      idOf(rest[row]!), // in range
      idOf(free[column]!),
    ]),
  ];
}

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
