import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assignPairs } from '../src/assign-pairs.js';

test('takes the least sum, not the least cost first', () => {
  expect(
    assignPairs(
      [
        [0.1, 0.2],
        [0.15, 0.9],
      ],
      1,
    ),
  ).toEqual([
    [0, 1],
    [1, 0],
  ]);
});

test('makes no pair that costs the limit', () => {
  expect(
    assignPairs(
      [
        [0.8, 0.9],
        [0.3, 0.8],
      ],
      0.8,
    ),
  ).toEqual([[1, 0]]);
});

test('nothing gives nothing', () => {
  expect(assignPairs([], 1)).toEqual([]);
  expect(assignPairs([[], []], 1)).toEqual([]);
});

/** The least sum of all ways, by trying them. */
function leastSum(
  costs: readonly (readonly number[])[],
  limit: number,
  row = 0,
  used = new Set<number>(),
): number {
  const costsOfRow = costs[row];
  if (!costsOfRow) return 0;
  const without = limit + leastSum(costs, limit, row + 1, used);
  return costsOfRow.reduce((least, cost, column) => {
    if (used.has(column) || cost >= limit) return least;
    return Math.min(least, cost + leastSum(costs, limit, row + 1, new Set([...used, column])));
  }, without);
}

test('equals trying all ways', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 5 }),
      fc.infiniteStream(fc.nat(20)),
      (rows, columns, numbers) => {
        const next = () => (numbers.next().value ?? 0) / 20;
        const costs = Array.from({ length: rows }, () => Array.from({ length: columns }, next));
        const pairs = assignPairs(costs, 0.8);
        expect(new Set(pairs.map(([row]) => row)).size).toBe(pairs.length);
        expect(new Set(pairs.map(([, column]) => column)).size).toBe(pairs.length);
        const sum = pairs.reduce((total, [row, column]) => total + costs[row]![column]!, 0);
        expect(sum + 0.8 * (rows - pairs.length)).toBeCloseTo(leastSum(costs, 0.8));
      },
    ),
  );
});
