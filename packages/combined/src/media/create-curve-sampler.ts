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
  const inputs = new Map<string, readonly ThinningBins[]>();
  return createStage(
    {
      accepts: ['measurement'],
      where: ({ filter }: Measurement) => curves.some((curve) => curve.filter === filter),
      transform({ source, filter, timestamp, durationSeconds, values }: Measurement) {
        const bins = inputs.get(source) ?? curves.map(() => new ThinningBins(mostPoints));
        inputs.set(source, bins);
        for (const [i, curve] of curves.entries()) {
          const { least = Number.NEGATIVE_INFINITY } = curve;
          const value = curve.filter === filter ? values[curve.value] : undefined;
          if (value === undefined || Number.isNaN(value)) continue;
          const shown = Math.max(value, least);
          if (Number.isFinite(shown)) bins[i]?.add(timestamp, durationSeconds, shown);
        }
        return [];
      },
      *flush() {
        for (const [source, bins] of inputs) {
          for (const [i, { name, unit, modality }] of curves.entries()) {
            const points = bins[i]?.points() ?? [];
            if (points.length > 0) yield { type: 'curve' as const, source, name, unit, modality, points };
          }
        }
      },
    },
    { signal, highWaterMark, idleMs },
  );
}
