import type { EncodedLabelSet, PictureSize } from '@deepffmpeg/core';
import * as z from 'zod';
import { pictureSizeSchema } from './picture-size-schema.js';
import { type Sample, sampleSchema } from './sample.js';

/** What both filters of the native ffmpeg need. */
interface ScoringBase {
  /** Path of the tower that sees or hears: `.onnx` and `.xml` for OpenVINO, `.pt` for LibTorch. */
  readonly model: string;
  /** Path of what `formatNativeTexts` made of `labels`. */
  readonly texts: string;
  /** What is scored. */
  readonly labels: Pick<EncodedLabelSet, 'labelSet' | 'model'>;
  /** @defaultValue by the ending of `model` */
  readonly runtime?: 'openvino' | 'torch' | undefined;
  /** As the runtime names it. @defaultValue 'cpu' */
  readonly device?: string | undefined;
  /** Of the network, 1 to 256. @defaultValue ffmpeg's: all cores */
  readonly threads?: number | undefined;
}

/** Which frames the filter `clip` scores, inside ffmpeg. */
export interface PictureScoring extends ScoringBase {
  readonly filter: 'clip';
  readonly sample: Sample;
  /** What the model takes: `pictureSize` of an opened CLIP model. */
  readonly size: PictureSize;
  /** Frames in one run of the network, 1 to 64. @defaultValue 1 */
  readonly batchSize?: number | undefined;
}

/** How the filter `clap` scores sound, inside ffmpeg. */
export interface SoundScoring extends ScoringBase {
  readonly filter: 'clap';
  /** What the model takes, in Hz. */
  readonly sampleRate: number;
  /** @defaultValue the model's */
  readonly windowSeconds?: number | undefined;
  /** @defaultValue the window */
  readonly hopSeconds?: number | undefined;
}

/** Frames or sound that never leave ffmpeg: its own filters score them. Needs the ffmpeg of `@deepffmpeg/native`. */
export type ScoringPlan = PictureScoring | SoundScoring;

/** The filter `clip` takes no larger pictures than so many pixels a side. */
const MOST_PIXELS = 4096;
const seconds = z.number().positive().max(3600).optional();
const base = {
  model: z.string().min(1),
  texts: z.string().min(1),
  labels: z.custom<ScoringBase['labels']>(
    (value) => typeof value === 'object' && value !== null,
    'encoded labels',
  ),
  runtime: z.enum(['openvino', 'torch']).optional(),
  device: z.string().min(1).optional(),
  threads: z.int().min(1).max(256).optional(),
};

export const scoringPlanSchema = z.discriminatedUnion('filter', [
  z.strictObject({
    ...base,
    filter: z.literal('clip'),
    sample: sampleSchema,
    size: pictureSizeSchema(MOST_PIXELS),
    batchSize: z.int().min(1).max(64).optional(),
  }),
  z.strictObject({
    ...base,
    filter: z.literal('clap'),
    sampleRate: z.int().min(1000).max(384_000),
    windowSeconds: seconds,
    hopSeconds: seconds,
  }),
]) satisfies z.ZodType<unknown, ScoringPlan>;
