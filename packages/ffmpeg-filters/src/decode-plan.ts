import {
  type AudioSamples,
  MediaError,
  type PictureSize,
  parseOptions,
  type VideoFrame,
} from '@deepffmpeg/core';
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

/** At which rate a consumer wants the sound. */
export interface AudioPlan<Tap extends string = string> {
  /** Goes into the samples, so that consumers of one stream can tell theirs. @defaultValue 'audio' */
  readonly tap?: Tap;
  /** Hz, 1000 to 384000. */
  readonly sampleRate: number;
}

/** All that one decode delivers, at least one entry; one process serves them all. Taps have different names. */
export interface DecodePlan {
  readonly frames?: FramePlan | readonly FramePlan[];
  readonly audio?: AudioPlan | readonly AudioPlan[];
}

/** What a plan delivers, with its tap names as literal types where it was written as one. */
export type ChunksOf<Plan extends DecodePlan> =
  | ('frames' extends keyof Plan ? VideoFrame<TapOf<EntryOf<Plan['frames']>, 'frames'>> : never)
  | ('audio' extends keyof Plan ? AudioSamples<TapOf<EntryOf<Plan['audio']>, 'audio'>> : never);

type EntryOf<Entries> = Entries extends readonly (infer Entry)[] ? Entry : Exclude<Entries, undefined>;

type TapOf<Entry, Default extends string> = Entry extends { readonly tap?: infer Tap }
  ? unknown extends Tap
    ? Default
    : Extract<Tap, string> | (undefined extends Tap ? Default : never)
  : Default;

/** A plan's entry with nothing left open. */
export interface FrameTap {
  readonly tap: string;
  readonly sample: Sample;
  readonly size: PictureSize | undefined;
}

export type AudioTap = Required<AudioPlan>;

const side = z.int().min(1).max(16_384);
const both = z.strictObject({ width: side, height: side });
const kernel = z.enum(['bicubic', 'bilinear']).optional();
const framePlanSchema = z.strictObject({
  tap: z.string().min(1).default('frames'),
  sample: sampleSchema,
  size: z
    .union([both.extend({ kernel }), z.strictObject({ shortestEdge: side, crop: both.optional(), kernel })])
    .optional(),
}) satisfies z.ZodType<unknown, FramePlan>;

const audioPlanSchema = z.strictObject({
  tap: z.string().min(1).default('audio'),
  sampleRate: z.int().min(1000).max(384_000),
}) satisfies z.ZodType<unknown, AudioPlan>;

const oneOrMore = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .union([schema, z.array(schema).min(1).max(16)])
    .transform((entries) => (Array.isArray(entries) ? entries : [entries]) as z.infer<Schema>[]) // one of the two
    .optional();
const planSchema = z.strictObject({ frames: oneOrMore(framePlanSchema), audio: oneOrMore(audioPlanSchema) });

/** A plan with nothing left open. */
export interface ParsedPlan {
  readonly frames: readonly FrameTap[];
  readonly audio: readonly AudioTap[];
}

/** @throws {MediaError} `ERR_INVALID_OPTIONS` */
export function parsePlan(plan: DecodePlan): ParsedPlan {
  const { frames = [], audio = [] } = parseOptions(planSchema, plan);
  const taps = [...frames, ...audio];
  if (taps.length === 0)
    throw new MediaError('ERR_INVALID_OPTIONS', 'the plan is empty: ask for frames, audio or both');
  const twice = taps.find(({ tap }, i) => taps.findIndex((other) => other.tap === tap) !== i);
  if (twice !== undefined) {
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      `two entries of the plan are called ${twice.tap}: name each tap otherwise`,
    );
  }
  return { frames: frames.map((entry) => ({ size: undefined, ...entry })), audio };
}
