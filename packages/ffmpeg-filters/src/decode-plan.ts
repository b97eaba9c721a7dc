import {
  type AudioSamples,
  type Measurement,
  MediaError,
  type PictureSize,
  parseOptions,
  type Scores,
  type VideoFrame,
} from '@deepffmpeg/core';
import * as z from 'zod';
import type { Filter } from './filter-graph.js';
import { type MeasuringFilter, measuringFilters } from './measuring-filters.js';
import type { DisplaySize } from './picture-filters.js';
import { pictureSizeSchema, sidesSchema } from './picture-size-schema.js';
import { type Sample, sampleSchema } from './sample.js';
import { type ScoringPlan, scoringPlanSchema } from './scoring-plan.js';

/** Which frames a consumer wants, and how large. */
export interface FramePlan<Tap extends string = string> {
  /** Goes into each frame, so that consumers of one stream can tell theirs. @defaultValue 'frames' */
  readonly tap?: Tap | undefined;
  readonly sample: Sample;
  /** Pixels, 1 to 16384 a side, as far as ffmpeg makes pictures (some 260 million pixels). @defaultValue as shown: upright, with square pixels */
  readonly size?: PictureSize | undefined;
  /** The middle of the picture as shown, at most so large, in pixels; nothing is scaled. Not beside `size`. @defaultValue all of it */
  readonly crop?: DisplaySize | undefined;
  /** `exact` is the cubic of the models' references; `fast` the mean of the pixels, for what only measures. @defaultValue 'exact' */
  readonly scaling?: 'exact' | 'fast' | undefined;
}

/** At which rate a consumer wants the sound. */
export interface AudioPlan<Tap extends string = string> {
  /** Goes into the samples, so that consumers of one stream can tell theirs. @defaultValue 'audio' */
  readonly tap?: Tap | undefined;
  /** Hz, 1000 to 384000. */
  readonly sampleRate: number;
}

/** The name of a filter of ffmpeg's that measures. */
export type MeasuringFilterName = keyof typeof measuringFilters;

/** What a consumer wants measured. */
export interface MeasurementPlan {
  readonly filter: MeasuringFilterName;
  /** The filter's own, such as `{ noise: '-40dB' }`. @defaultValue ffmpeg's */
  readonly options?: Filter['options'] | undefined;
}

/** All that one decode delivers, at least one entry; one process serves them all. Taps have different names. */
export interface DecodePlan {
  readonly frames?: FramePlan | readonly FramePlan[] | undefined;
  readonly audio?: AudioPlan | readonly AudioPlan[] | undefined;
  /** Each filter once. */
  readonly measurements?: MeasurementPlan | readonly MeasurementPlan[] | undefined;
  /** What the native ffmpeg scores by itself; each label set by itself. */
  readonly scores?: ScoringPlan | readonly ScoringPlan[] | undefined;
}

/** What a plan delivers, with its tap names as literal types where it was written as one. */
export type ChunksOf<Plan extends DecodePlan> =
  | ('frames' extends keyof Plan ? FramesOf<TapOf<EntryOf<Plan['frames']>, 'frames'>> : never)
  | ('audio' extends keyof Plan ? SamplesOf<TapOf<EntryOf<Plan['audio']>, 'audio'>> : never)
  | ('measurements' extends keyof Plan ? Measurement : never)
  | ('scores' extends keyof Plan ? Scores : never);

// Of each tap by itself, so that `chunk.tap` tells one from another.
type FramesOf<Tap extends string> = Tap extends string ? VideoFrame<Tap> : never;
type SamplesOf<Tap extends string> = Tap extends string ? AudioSamples<Tap> : never;

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
  readonly crop: DisplaySize | undefined;
  readonly scaling: 'exact' | 'fast';
}

export type AudioTap = Required<AudioPlan>;

export type MeasurementTap = Required<MeasurementPlan>;

/** More than any screen has; a typing error could ask for all memory. */
const MOST_PIXELS = 16_384;
const framePlanSchema = z
  .strictObject({
    tap: z.string().min(1).default('frames'),
    sample: sampleSchema,
    size: pictureSizeSchema(MOST_PIXELS).optional(),
    crop: sidesSchema(MOST_PIXELS).optional(),
    scaling: z.enum(['exact', 'fast']).default('exact'),
  })
  .refine(({ size, crop }) => size === undefined || crop === undefined, {
    path: ['crop'],
    error: 'expected no size beside it: a size has a crop of its own',
  }) satisfies z.ZodType<unknown, FramePlan>;

const audioPlanSchema = z.strictObject({
  tap: z.string().min(1).default('audio'),
  sampleRate: z.int().min(1000).max(384_000),
}) satisfies z.ZodType<unknown, AudioPlan>;

// Object.keys loses the type of the keys.
const filterNames = Object.keys(measuringFilters) as MeasuringFilterName[];
const measurementPlanSchema = z.strictObject({
  filter: z.enum(filterNames),
  options: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.undefined()])).default({}),
}) satisfies z.ZodType<unknown, MeasurementPlan>;

const oneOrMore = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .union([schema, z.array(schema).max(16)])
    .transform((entries) => (Array.isArray(entries) ? entries : [entries]) as z.infer<Schema>[]) // one of the two
    .optional();
const planSchema = z.strictObject({
  frames: oneOrMore(framePlanSchema),
  audio: oneOrMore(audioPlanSchema),
  measurements: oneOrMore(measurementPlanSchema),
  scores: oneOrMore(scoringPlanSchema),
});

/** Some 60 bytes each, of all taps in one argument, which Linux lets have 128 KiB. */
const MOST_TIMES = 2000;

/** A plan with nothing left open. */
export interface ParsedPlan {
  readonly frames: readonly FrameTap[];
  readonly audio: readonly AudioTap[];
  /** In the order in which they run. */
  readonly measurements: readonly MeasurementTap[];
  readonly scores: readonly ScoringPlan[];
}

/** @throws {MediaError} `ERR_INVALID_OPTIONS` */
export function parsePlan(plan: DecodePlan): ParsedPlan {
  const { frames = [], audio = [], measurements = [], scores = [] } = parseOptions(planSchema, plan);
  const taps = [...frames, ...audio];
  if (taps.length + measurements.length + scores.length === 0)
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      'the plan is empty: ask for frames, audio, measurements or scores',
    );
  const twice = taps.find(({ tap }, i) => taps.findIndex((other) => other.tap === tap) !== i);
  if (twice !== undefined) {
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      `two entries of the plan are called ${twice.tap}: name each tap otherwise`,
    );
  }
  const times = frames.flatMap(({ sample }) =>
    typeof sample === 'object' && 'at' in sample ? sample.at : [],
  );
  if (times.length > MOST_TIMES)
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      `the plan asks for frames at ${times.length} times, and a command has room for ${MOST_TIMES}: decode in several runs`,
    );
  return {
    frames: frames.map((entry) => ({ size: undefined, crop: undefined, ...entry })),
    audio,
    measurements: inOrder(measurements),
    scores,
  };
}

/** Each filter once, in the order of the table; its fixed options last. */
function inOrder(entries: readonly MeasurementTap[]): MeasurementTap[] {
  return filterNames.flatMap((name) => {
    const named = entries.filter(({ filter }) => filter === name);
    if (named.length > 1)
      throw new MediaError('ERR_INVALID_OPTIONS', `the plan asks for ${name} twice: ask once`);
    const { options, fixed }: MeasuringFilter = measuringFilters[name];
    const refused = Object.keys(named[0]?.options ?? {}).find((option) => option in (fixed ?? {}));
    if (refused !== undefined)
      throw new MediaError('ERR_INVALID_OPTIONS', `${name}: ${refused} is not free, its values rely on it`);
    return named.map((entry) => ({ filter: name, options: { ...options, ...entry.options, ...fixed } }));
  });
}
