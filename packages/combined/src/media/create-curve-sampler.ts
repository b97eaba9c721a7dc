import {
  createStage,
  type Measurement,
  type Modality,
  parseOptions,
  type Stage,
  type StageOptions,
} from '@deepffmpeg/core';
import type { MeasuringFilterName } from '@deepffmpeg/ffmpeg-filters';
import * as z from 'zod';
import type { Curve } from './media-analysis.js';
import { ThinningBins } from './thinning-bins.js';

/** A curve on its way through a pipeline. */
export interface CurveChunk extends Curve {
  readonly type: 'curve';
  readonly source: string;
}

/** Which measured value a curve follows. */
export interface CurveSource {
  readonly name: string;
  readonly unit: string;
  readonly modality: Modality;
  readonly filter: MeasuringFilterName;
  /** Name of the value in the measurement. */
  readonly value: string;
  /** Lower values count as this one, as of silence, which has no level. @defaultValue values that are not finite are left out */
  readonly least?: number;
  /** Seconds in which the filter has too little to measure: lower values than `least` at the very begin are none. @defaultValue 0 */
  readonly fillSeconds?: number;
}

/** The curves of a technical analysis' measurements. */
export const technicalCurves: readonly CurveSource[] = [
  {
    name: 'loudness',
    unit: 'LUFS',
    modality: 'audio',
    filter: 'ebur128',
    value: 'momentaryLufs',
    least: -70, // EBU R 128's absolute gate: what is below is not heard
    fillSeconds: 0.25, // it is of 0.4 s, and comes each 0.1 s: the first three tell -120.7 of any sound
  },
  { name: 'luma', unit: 'levels', modality: 'vision', filter: 'signalstats', value: 'lumaMeanLevel' },
  {
    name: 'saturation',
    unit: 'levels',
    modality: 'vision',
    filter: 'signalstats',
    value: 'saturationMeanLevel',
  },
  { name: 'change', unit: 'levels', modality: 'vision', filter: 'scdet', value: 'changeMeanLevels' },
  { name: 'edge width', unit: 'px', modality: 'vision', filter: 'blurdetect', value: 'edgeWidthPixels' },
];

export interface CurveSamplerOptions extends StageOptions {
  /** @defaultValue `technicalCurves` */
  readonly curves?: readonly CurveSource[] | undefined;
  /** Most points of each, 2 to 1,000,000. @defaultValue 2000 */
  readonly mostPoints?: number | undefined;
}

interface Drawing {
  readonly curve: CurveSource;
  readonly bins: ThinningBins;
  /** Of its first measurement. */
  begin?: number;
}

const settingsSchema = z.strictObject({ mostPoints: z.int().min(2).max(1_000_000).default(2000) });

/**
 * Draws curves of what is measured over time.
 *
 * In: measurements, in order of time. Out: at the end, for each input, the curves that have a point, in the order of `curves`. A point is the mean
 * over a bin; bins double in width when there would be more than `mostPoints`, so each input's memory is the same however long it is: 24 bytes a point.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, at once.
 */
export function createCurveSampler(options: CurveSamplerOptions = {}): Stage<Measurement, CurveChunk> {
  const { curves = technicalCurves, signal, highWaterMark, idleMs, ...settings } = options;
  const { mostPoints } = parseOptions(settingsSchema, settings);
  const inputs = new Map<string, readonly Drawing[]>();
  return createStage(
    {
      accepts: ['measurement'],
      where: ({ filter }: Measurement) => curves.some((curve) => curve.filter === filter),
      transform({ source, filter, timestamp, durationSeconds, values }: Measurement) {
        const drawings =
          inputs.get(source) ??
          curves.map((curve): Drawing => ({ curve, bins: new ThinningBins(mostPoints) }));
        inputs.set(source, drawings);
        for (const drawing of drawings) {
          const { curve, bins } = drawing;
          const { least = Number.NEGATIVE_INFINITY, fillSeconds = 0 } = curve;
          const value = curve.filter === filter ? values[curve.value] : undefined;
          if (value === undefined || Number.isNaN(value)) continue;
          drawing.begin ??= timestamp;
          if (value < least && bins.isEmpty && timestamp - drawing.begin < fillSeconds) continue;
          const shown = Math.max(value, least);
          if (Number.isFinite(shown)) bins.add(timestamp, durationSeconds, shown);
        }
        return [];
      },
      *flush() {
        for (const [source, drawings] of inputs) {
          for (const { curve, bins } of drawings) {
            const { name, unit, modality } = curve;
            const points = bins.points();
            if (points.length > 0) yield { type: 'curve' as const, source, name, unit, modality, points };
          }
        }
      },
    },
    { signal, highWaterMark, idleMs },
  );
}
