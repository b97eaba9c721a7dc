import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keyframeScenes } from '../../src/index.js';

test('keyframes less than a second after the last scene are none', () => {
  expect(keyframeScenes([0.003, 0.378, 0.461, 1.003, 2.5, 3.4, 3.6], 10)).toEqual({
    timestamps: [0.003, 1.003, 2.5, 3.6],
    method: 'showinfo',
  });
  expect(keyframeScenes([-0.5, 0.5], undefined).timestamps).toEqual([-0.5, 0.5]);
});

test.each([
  [10, 0],
  [10.5, 5],
  [59, 5],
  [69, 6],
  [204, 20],
  [3600, 20],
])('without keyframes %d s have %i markers', (duration, count) => {
  const { timestamps, method } = keyframeScenes([], duration);
  expect(method).toBe('fallback');
  expect(timestamps).toEqual(Array.from({ length: count }, (_, i) => (i * duration) / count));
});

test('without keyframes and duration there is nothing', () => {
  expect(keyframeScenes([], undefined)).toEqual({ timestamps: [], method: 'fallback' });
});

test('scenes are keyframes, the first is one, and none is near another', () => {
  const times = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 1 });
  fc.assert(
    fc.property(times, (unordered) => {
      const keyframes = unordered.toSorted((a, b) => a - b);
      const { timestamps } = keyframeScenes(keyframes, 100);
      expect(timestamps[0]).toBe(keyframes[0]);
      expect(keyframes).toEqual(expect.arrayContaining([...timestamps]));
      for (const keyframe of keyframes)
        expect(timestamps.some((scene) => keyframe >= scene && keyframe - scene < 1)).toBe(true);
      for (const [i, scene] of timestamps.slice(1).entries())
        expect(scene - timestamps[i]!).toBeGreaterThan(1 - 1e-6); // i is one behind
    }),
  );
});
