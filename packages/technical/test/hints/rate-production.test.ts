import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ProductionMeasures, rateProduction } from '../../src/index.js';

const good: ProductionMeasures = {
  shortSide: 2160,
  bitDepth: 10,
  edgeWidthPixels: 4,
  blockiness: 1.2,
  badExposureShare: 0,
  interlacedShare: 0,
  sampleRate: 48_000,
  integratedLufs: -23,
  truePeakDb: -2,
  clippedShare: 0,
  noiseFloorDb: -70,
};
const poor: ProductionMeasures = {
  shortSide: 240,
  bitDepth: 6,
  edgeWidthPixels: 16,
  blockiness: 30,
  badExposureShare: 0.5,
  interlacedShare: 1,
  sampleRate: 8000,
  integratedLufs: -40,
  truePeakDb: 3,
  clippedShare: 0.1,
  noiseFloorDb: -20,
};
const measures = Object.keys(good) as (keyof ProductionMeasures)[]; // all of them, by the type

test('good numbers are a high value, poor ones a low one, each with its reason', () => {
  expect(rateProduction(good)).toMatchObject({ score: 1, grade: 'high' });
  expect(rateProduction(poor)).toMatchObject({ score: 0, grade: 'low' });
  for (const rated of [good, poor])
    expect(rateProduction(rated).reasons.map(({ measure }) => measure)).toEqual(measures);
});

test('a reason tells the number and its bounds', () => {
  expect(rateProduction({ noiseFloorDb: -48.333_33, shortSide: 720 }).reasons).toEqual([
    {
      measure: 'shortSide',
      value: 720,
      score: 0.5,
      text: 'short side of 720 px: 360 is poor, 1080 is good',
    },
    {
      measure: 'noiseFloorDb',
      value: -48.333_33,
      score: expect.closeTo(0.4167, 4),
      text: 'noise floor of -48.33 dB: -40 is poor, -60 is good',
    },
  ]);
});

test.each([
  [-40, 0],
  [-34, 0],
  [-29, 0.5],
  [-24, 1],
  [-13, 1],
  [-8, 0.5],
  [0, 0],
  [Number.NEGATIVE_INFINITY, 0],
])('loudness of %d LUFS scores %d', (integratedLufs, score) => {
  const [reason] = rateProduction({ integratedLufs }).reasons;
  expect(reason?.score).toBe(score);
  expect(reason?.text).toContain('-24 to -13 is good, 10 beyond is poor');
});

test('the mean decides the grade', () => {
  expect(rateProduction({ shortSide: 1080, noiseFloorDb: -50 })).toMatchObject({
    score: 0.75,
    grade: 'high',
  });
  expect(rateProduction({ shortSide: 1080, noiseFloorDb: -30 })).toMatchObject({
    score: 0.5,
    grade: 'medium',
  });
  expect(rateProduction({ shortSide: 640 })).toMatchObject({ grade: 'low' });
});

test('what is not known counts neither way', () => {
  expect(rateProduction({})).toEqual({ score: undefined, grade: undefined, reasons: [] });
  expect(
    rateProduction({ shortSide: 1080, edgeWidthPixels: undefined, blockiness: Number.NaN }),
  ).toMatchObject({
    score: 1,
    reasons: [{ measure: 'shortSide' }],
  });
});

test('a score is from 0 to 1, and grows with none of the measures getting worse', () => {
  const mix = fc.record(
    Object.fromEntries(measures.map((measure) => [measure, fc.double({ min: 0, max: 1, noNaN: true })])),
  );
  const at = (shares: Record<string, number>) =>
    Object.fromEntries(
      measures.map((measure) => {
        const [from = 0, to = 0] = [poor[measure], good[measure]];
        return [measure, from + (to - from) * (shares[measure] ?? 0)];
      }),
    );
  fc.assert(
    fc.property(mix, fc.constantFrom(...measures), (shares, better) => {
      const before = rateProduction(at(shares)).score ?? Number.NaN;
      const after = rateProduction(at({ ...shares, [better]: 1 })).score ?? Number.NaN;
      expect(before).toBeGreaterThanOrEqual(0);
      expect(after).toBeLessThanOrEqual(1);
      expect(after).toBeGreaterThanOrEqual(before - 1e-12);
    }),
  );
});
