import { collect, type Measurement, through } from '@deepffmpeg/core';
import { testStageContract } from '@deepffmpeg/test-kit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type CurveChunk,
  type CurveSamplerOptions,
  createCurveSampler,
  technicalCurves,
} from '../../src/index.js';
import { measurementAt } from './make-media.js';

const curvesOf = async (measurements: Iterable<Measurement>, options?: CurveSamplerOptions) =>
  (await collect(through(measurements, createCurveSampler(options)))) as CurveChunk[];
const loudness = (count: number, levelAt: (i: number) => number, seconds = 0.1) =>
  Array.from({ length: count }, (_, i) =>
    measurementAt(i * seconds, { momentaryLufs: levelAt(i) }, { durationSeconds: seconds }),
  );

testStageContract('createCurveSampler', {
  holds: Number.POSITIVE_INFINITY, // curves come at the end
  steps: [],
  chunks: (count) => loudness(count, () => -20),
  create: (options) => createCurveSampler(options),
});

test('draws each value that was measured, as it is where there is room', async () => {
  const measurements = [
    measurementAt(0, { lumaMeanLevel: 100, saturationMeanLevel: 20 }, { filter: 'signalstats' }),
    measurementAt(0.1, { momentaryLufs: -23 }),
    measurementAt(0.2, { momentaryLufs: -20 }),
    measurementAt(0.2, {}),
    measurementAt(0.3, { changeMeanLevels: 3 }, { filter: 'scdet' }),
    measurementAt(0.3, { edgeWidthPixels: 5 }, { filter: 'blurdetect', durationSeconds: 0 }),
    measurementAt(0.3, { isSilent: 1 }, { filter: 'silencedetect' }),
  ];
  const curves = await curvesOf(measurements);
  const passed = curves.filter((chunk) => chunk.type !== 'curve');
  expect(passed).toHaveLength(1); // nothing is drawn of silencedetect
  const points = (name: string) => curves.find((curve) => curve.name === name)?.points;
  expect(curves.filter((chunk) => chunk.type === 'curve').map(({ name }) => name)).toEqual(
    technicalCurves.map(({ name }) => name),
  );
  expect(points('loudness')).toEqual([
    { timestamp: expect.closeTo(0.1, 9), value: expect.closeTo(-23, 9) },
    { timestamp: expect.closeTo(0.2, 9), value: expect.closeTo(-20, 9) },
  ]);
  expect(points('luma')).toEqual([{ timestamp: 0, value: 100 }]);
  expect(points('edge width')).toEqual([{ timestamp: expect.closeTo(0.3, 9), value: expect.closeTo(5, 9) }]);
});

test('has a point for each frame of 50 a second, whatever rounding makes of their times', async () => {
  const frames = Array.from({ length: 1000 }, (_, i) =>
    measurementAt(0.1 + i / 50, { lumaMeanLevel: i }, { filter: 'signalstats', durationSeconds: 0.02 }),
  );
  const [curve] = await curvesOf(frames);
  expect(curve?.points.map(({ value }) => Math.round(value))).toEqual(frames.map((_, i) => i));
});

test('silence is as low as the curve goes; what is no number is left out', async () => {
  const levels = [-20, Number.NEGATIVE_INFINITY, Number.NaN, Number.POSITIVE_INFINITY, -120.7];
  const [curve] = await curvesOf(loudness(5, (i) => levels[i] ?? 0));
  expect(curve?.points.map(({ value }) => Math.round(value))).toEqual([-20, -70, -70]);
});

test('loudness begins where there is enough to measure', async () => {
  const levels = [-120.691, -120.691, -120.691, -23, -120.691];
  const [curve] = await curvesOf([
    measurementAt(0, { lumaMeanLevel: 100 }, { filter: 'signalstats' }),
    ...loudness(5, (i) => levels[i] ?? 0).map((each) => ({ ...each, timestamp: each.timestamp + 3 })),
  ]);
  expect(curve?.points.map(({ timestamp, value }) => [timestamp.toFixed(1), Math.round(value)])).toEqual([
    ['3.3', -23],
    ['3.4', -70],
  ]);
  const [silence] = await curvesOf(loudness(5, () => -120.691));
  expect(silence?.points.map(({ timestamp }) => timestamp.toFixed(1))).toEqual(['0.3', '0.4']);
});

test('inputs have curves of their own', async () => {
  const curves = await curvesOf([
    measurementAt(0, { momentaryLufs: -20 }),
    measurementAt(5, { momentaryLufs: -30 }, { source: 'second' }),
  ]);
  expect(curves.map(({ source, points }) => [source, points.length])).toEqual([
    ['made', 1],
    ['second', 1],
  ]);
});

test('keeps the mean over time and the order, and never has more points than were asked for', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.tuple(
          fc.double({ min: 0.001, max: 100, noNaN: true }),
          fc.double({ min: -60, max: 0, noNaN: true }),
        ),
        { minLength: 1, maxLength: 200 },
      ),
      fc.integer({ min: 2, max: 50 }),
      async (spans, mostPoints) => {
        let at = 3;
        const measurements = spans.map(([seconds, value]) => {
          at += seconds;
          return measurementAt(at - seconds, { momentaryLufs: value }, { durationSeconds: seconds });
        });
        const [curve] = await curvesOf(measurements, { mostPoints });
        const points = curve?.points ?? [];
        expect(points.length).toBeGreaterThan(0);
        expect(points.length).toBeLessThanOrEqual(mostPoints);
        const times = points.map(({ timestamp }) => timestamp);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        const values = spans.map(([, value]) => value);
        for (const { value } of points) {
          expect(value).toBeGreaterThanOrEqual(Math.min(...values) - 1e-9);
          expect(value).toBeLessThanOrEqual(Math.max(...values) + 1e-9);
        }
      },
    ),
  );
});

test('of a long input has between half and all of its points, each the mean of its time', async () => {
  const [curve] = await curvesOf(loudness(100_000, (i) => (i < 50_000 ? -20 : -40)));
  const points = curve?.points ?? [];
  expect(points.length).toBeGreaterThan(1000);
  expect(points.length).toBeLessThanOrEqual(2000);
  const wrong = points.filter(
    ({ timestamp, value }) => Math.abs(value - (timestamp < 5000 ? -20 : -40)) > 1e-6,
  );
  expect(wrong.length).toBeLessThanOrEqual(1); // the one that the step falls into
});

test('time that runs back, or far ahead, does no harm', async () => {
  const [curve] = await curvesOf([0, 1e9, 5, -3].map((at) => measurementAt(at, { momentaryLufs: -20 })));
  expect(curve?.points.map(({ value }) => Math.round(value))).toEqual([-20, -20]);
});

test('refuses settings out of range', () => {
  expect(() => createCurveSampler({ mostPoints: 1 })).toThrow(/mostPoints/);
});
