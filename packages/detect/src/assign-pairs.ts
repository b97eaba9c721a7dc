import { munkres } from 'munkres';

/**
 * Joins rows and columns in pairs so that the sum of costs is least, where a pair that is not made costs `limit`.
 *
 * @param costs - `[rows][columns]`, at least 0.
 * @returns row and column of each pair that costs less than `limit`, in the order of rows.
 * @see Munkres 1957, "Algorithms for the assignment and transportation problems"
 */
export function assignPairs(costs: readonly (readonly number[])[], limit: number): [number, number][] {
  if (costs.length === 0 || costs[0]?.length === 0) return [];
  const capped = costs.map((row) => row.map((cost) => Math.min(cost, limit)));
  return munkres(capped)
    .filter(([row, column]) => costs[row]![column]! < limit) // in range: of this matrix
    .toSorted(([a], [b]) => a - b);
}
