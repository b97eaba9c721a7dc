import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Candidate, overlapOf } from '../src/candidate.js';
import { suppressOverlaps } from '../src/suppress-overlaps.js';

const box = (score: number, left: number, classIndex = 0, width = 10): Candidate => ({
  classIndex,
  score,
  left,
  top: 0,
  right: left + width,
  bottom: 10,
});

test('tells the share that two boxes have in common', () => {
  expect(overlapOf(box(1, 0), box(1, 5))).toBeCloseTo(1 / 3);
  expect(overlapOf(box(1, 0), box(1, 0))).toBe(1);
  expect(overlapOf(box(1, 0), box(1, 10))).toBe(0);
  expect(overlapOf(box(1, 0, 0, 0), box(1, 0, 0, 0))).toBe(0);
});

test('keeps the best of boxes of one class that overlap, and those of other classes', () => {
  const [weak, strong, other, far] = [box(0.5, 1), box(0.9, 0), box(0.6, 0, 1), box(0.4, 30)];
  expect(suppressOverlaps([weak, strong, other, far], 0.45, 10)).toEqual([strong, other, far]);
});

test('keeps both where the overlap is just the limit', () => {
  expect(suppressOverlaps([box(0.9, 0), box(0.8, 5)], 1 / 3, 10)).toHaveLength(2);
  expect(suppressOverlaps([box(0.9, 0), box(0.8, 5)], 0.33, 10)).toHaveLength(1);
});

test('nothing gives nothing', () => {
  expect(suppressOverlaps([], 0.45, 10)).toEqual([]);
});

test('bounds its work and its result for many thousands of boxes', () => {
  const many = Array.from({ length: 50_000 }, (_, i) => box(1 - i * 1e-6, i * 20));
  const start = performance.now();
  expect(suppressOverlaps(many, 0.45, 300)).toEqual(many.slice(0, 300));
  expect(suppressOverlaps(many, 0.45, 10_000)).toEqual(many.slice(0, 2000));
  const heap = Array.from({ length: 50_000 }, (_, i) => box(1 - i * 1e-6, 0));
  expect(suppressOverlaps(heap, 0.45, 300)).toEqual(heap.slice(0, 1));
  expect(performance.now() - start).toBeLessThan(2000); // measured: 100 ms
});

const candidate = fc.record({
  classIndex: fc.nat(2),
  score: fc.double({ min: 0, max: 1, noNaN: true }),
  left: fc.nat(40),
  top: fc.nat(40),
  right: fc.integer({ min: 41, max: 80 }),
  bottom: fc.integer({ min: 41, max: 80 }),
});

test('what is kept does not overlap, what is not is hidden by a better one, and again changes nothing', () => {
  fc.assert(
    fc.property(
      fc.array(candidate, { maxLength: 40 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (all, limit) => {
        const hides = (a: Candidate, b: Candidate) =>
          a.classIndex === b.classIndex && overlapOf(a, b) > limit;
        const kept = suppressOverlaps(all, limit, 100);
        kept.forEach((a, i) => {
          expect(kept.slice(i + 1).some((b) => hides(a, b))).toBe(false);
          expect(a.score).toBeGreaterThanOrEqual(kept[i + 1]?.score ?? 0);
        });
        for (const one of all.filter((each) => !kept.includes(each)))
          expect(kept.some((other) => other.score >= one.score && hides(other, one))).toBe(true);
        expect(suppressOverlaps(kept, limit, 100)).toEqual(kept);
      },
    ),
  );
});

test('where scores differ, the order of the boxes does not matter', () => {
  const boxes = fc.uniqueArray(candidate, { maxLength: 40, selector: ({ score }) => score });
  const shuffled = boxes.chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
  );
  fc.assert(
    fc.property(
      shuffled,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.nat(20),
      ([all, other], limit, most) => {
        expect(suppressOverlaps(other, limit, most)).toEqual(suppressOverlaps(all, limit, most));
      },
    ),
  );
});
