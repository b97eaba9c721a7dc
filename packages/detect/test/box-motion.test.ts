import { expect, test } from 'vitest';
import { correctMotion, predictMotion, regionOfMotion, startMotion } from '../src/box-motion.js';

const region = { x: 10, y: 20, width: 30, height: 60 };

test('begins where the box is, at rest', () => {
  expect(regionOfMotion(startMotion(region))).toEqual(region);
  expect(regionOfMotion(predictMotion(startMotion(region), 1, true))).toEqual(region);
});

test('expects a box that moves where it will be, by the time that passes', () => {
  let motion = startMotion(region);
  for (let i = 1; i <= 30; i++)
    motion = correctMotion(predictMotion(motion, 1 / 30, true), { ...region, x: 10 + 3 * i });
  expect(regionOfMotion(predictMotion(motion, 0.5, true)).x).toBeCloseTo(10 + 3 * 45, -1);
});

test('a box that grows keeps its size while it is not seen', () => {
  let motion = startMotion(region);
  for (let i = 1; i <= 10; i++)
    motion = correctMotion(predictMotion(motion, 1 / 30, true), { ...region, height: 60 + 3 * i });
  const { height } = regionOfMotion(motion);
  expect(regionOfMotion(predictMotion(motion, 1, true)).height).toBeGreaterThan(height + 10);
  expect(regionOfMotion(predictMotion(motion, 1, false)).height).toBeCloseTo(height);
});
