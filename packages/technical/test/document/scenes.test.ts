import { expect, test } from 'vitest';
import { scenesOf } from '../../src/index.js';

test("scenes begin with the shots, and have the original's name where they are keyframes", () => {
  const shots = [{ timestamp: 0.003 }, { timestamp: 5.795 }];
  const timestamps = [0.003, 5.795];
  expect(scenesOf(shots, 'keyframes', 10)).toEqual({ timestamps, method: 'showinfo' });
  expect(scenesOf(shots, 'adaptive', undefined)).toEqual({ timestamps, method: 'adaptive' });
});

test.each([
  [10, 0],
  [10.5, 5],
  [59, 5],
  [69, 6],
  [204, 20],
  [3600, 20],
])('without shots %d s have %i markers', (duration, count) => {
  const { timestamps, method } = scenesOf([], 'keyframes', duration);
  expect(method).toBe('fallback');
  expect(timestamps).toEqual(Array.from({ length: count }, (_, i) => (i * duration) / count));
});

test('without shots and duration there is nothing', () => {
  expect(scenesOf([], 'content', undefined)).toEqual({ timestamps: [], method: 'fallback' });
});
