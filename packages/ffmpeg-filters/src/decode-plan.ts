import { MediaError, type PictureSize, parseOptions } from '@deepffmpeg/core';
import * as z from 'zod';
import { type Sample, sampleSchema } from './sample.js';

/** Which frames a consumer wants, and how large. */
export interface FramePlan<Tap extends string = string> {
  /** Goes into each frame, so that consumers of one stream can tell theirs. @defaultValue 'frames' */
  readonly tap?: Tap;
  readonly sample: Sample;
  /** Pixels, 1 to 16384 a side. @defaultValue as shown: upright, with square pixels */
  readonly size?: PictureSize;
}

/** All that one decode delivers; one process serves every entry. Taps have different names. */
export interface DecodePlan {
  readonly frames: FramePlan | readonly FramePlan[];
}

/** The tap names of a plan, as literal types where the plan was written as one. */
export type TapsOf<Plan extends DecodePlan> = Plan['frames'] extends readonly (infer Entry)[]
  ? TapOf<Entry>
  : TapOf<Plan['frames']>;

type TapOf<Entry> = Entry extends { readonly tap?: infer Tap }
  ? unknown extends Tap
    ? 'frames'
    : Extract<Tap, string> | (undefined extends Tap ? 'frames' : never)
  : 'frames';

/** A plan's entry with nothing left open. */
export interface FrameTap {
  readonly tap: string;
  readonly sample: Sample;
  readonly size: PictureSize | undefined;
}

const side = z.int().min(1).max(16_384);
const both = z.strictObject({ width: side, height: side });
const framePlanSchema = z.strictObject({
  tap: z.string().min(1).default('frames'),
  sample: sampleSchema,
  size: z.union([both, z.strictObject({ shortestEdge: side, crop: both.optional() })]).optional(),
}) satisfies z.ZodType<unknown, FramePlan>;

const planSchema = z.strictObject({
  frames: z.union([framePlanSchema, z.array(framePlanSchema).min(1).max(16)]),
});

/** @throws {MediaError} `ERR_INVALID_OPTIONS` */
export function parsePlan(plan: DecodePlan): FrameTap[] {
  const { frames } = parseOptions(planSchema, plan);
  const taps = (Array.isArray(frames) ? frames : [frames]).map((entry) => ({ size: undefined, ...entry }));
  const twice = taps.find(({ tap }, i) => taps.findIndex((other) => other.tap === tap) !== i);
  if (twice !== undefined) {
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      `two entries of the plan are called ${twice.tap}: name each tap otherwise`,
    );
  }
  return taps;
}
