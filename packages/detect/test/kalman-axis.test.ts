import fc from 'fast-check';
import { expect, test } from 'vitest';
import { correctAxis, predictAxis, startAxis } from '../src/kalman-axis.js';

const noise = { position: 1, velocity: 0.1 };

test('follows the two formulas of the filter', () => {
  const moved = predictAxis(startAxis(10, { position: 2, velocity: 1 }), 2, noise);
  // P = F diag(4, 1) F' + 2 Q, with F = [1 2; 0 1]
  expect(moved).toMatchObject({ position: 10, positionVariance: 4 + 4 + 2, covariance: 2 });
  expect(moved.velocityVariance).toBeCloseTo(1.02);
  // K = P H' / (H P H' + R)
  const corrected = correctAxis(moved, 20, Math.sqrt(10));
  expect(corrected.position).toBeCloseTo(15);
  expect(corrected.velocity).toBeCloseTo(1);
  expect(corrected.positionVariance).toBeCloseTo(5);
  expect(corrected.covariance).toBeCloseTo(1);
  expect(corrected.velocityVariance).toBeCloseTo(0.82);
});

test('learns the velocity of what moves evenly, at any times', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -20, max: 20, noNaN: true }),
      fc.array(fc.double({ min: 0.5, max: 3, noNaN: true }), { minLength: 30, maxLength: 30 }),
      (velocity, steps) => {
        let [axis, time] = [startAxis(0, { position: 1, velocity: 10 }), 0];
        for (const step of steps) {
          time += step;
          axis = correctAxis(predictAxis(axis, step, noise), velocity * time, 1);
        }
        expect(axis.velocity).toBeCloseTo(velocity, 0);
        expect(axis.positionVariance * axis.velocityVariance).toBeGreaterThan(axis.covariance ** 2);
      },
    ),
  );
});
