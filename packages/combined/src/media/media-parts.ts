import type { AudioTower } from '@deepffmpeg/clap';
import type { ImageTower } from '@deepffmpeg/clip';
import { type EncodedLabelSet, MediaError, parseOptions } from '@deepffmpeg/core';
import type { Detector } from '@deepffmpeg/detect';
import type { Sample } from '@deepffmpeg/ffmpeg-filters';
import type { ShotRule } from '@deepffmpeg/technical';
import * as z from 'zod';

/** What to look for in whole pictures. */
export interface VisionPart {
  readonly model: ImageTower;
  /** At least one, all in the language of the model. */
  readonly labelSets: readonly EncodedLabelSet[];
  /** Which frames to look at; `shots`: one near the middle of each shot, which needs the technical part. @defaultValue { perSecond: 1 } */
  readonly sample?: Sample | 'shots' | undefined;
}

/** What to listen for. */
export interface AudioPart {
  readonly model: AudioTower;
  /** At least one, all in the language of the model. One that is named as `soundSharePrompts` of clap gives the shares of speech and music. */
  readonly labelSets: readonly EncodedLabelSet[];
  /** How long a window is; above 0, at most what the model hears at once. @defaultValue as long as that */
  readonly windowSeconds?: number | undefined;
  /** From the start of one window to that of the next. @defaultValue `windowSeconds` */
  readonly hopSeconds?: number | undefined;
}

/** What to find in pictures. */
export interface ObjectsPart {
  readonly model: Detector;
  /** @defaultValue { perSecond: 1 }; 'all' where objects are followed */
  readonly sample?: Sample | undefined;
  /** Whether to follow objects from frame to frame. @defaultValue false */
  readonly isTracking?: boolean | undefined;
  /** From which confidence on an object is clearly seen and begins a track, 0 to 1. @defaultValue that from which labels are reported */
  readonly confidence?: number | undefined;
}

/** How to look at an input technically. */
export interface TechnicalPart {
  /**
   * Whether to measure only what conclusions rest on: levels and silences of the sound. Faults, loudness and curves are not told, nor where
   * pictures break off that nobody else looks at. @defaultValue false
   */
  readonly isLevelsOnly?: boolean | undefined;
  /** @defaultValue 'adaptive' */
  readonly shotRule?: ShotRule | undefined;
  /** Least scene score of a cut, for the rule `content`, above 0 to 1. @defaultValue 0.3 */
  readonly sceneThreshold?: number | undefined;
}

/** What is asked for. An `Error` in a part's place says why it cannot be done, such as a model that is missing. */
export interface MediaParts {
  /** @defaultValue off */
  readonly vision?: VisionPart | Error | undefined;
  /** @defaultValue off */
  readonly audio?: AudioPart | Error | undefined;
  /** @defaultValue off */
  readonly objects?: ObjectsPart | Error | undefined;
  /** Shots, curves and thumbnails come with it. @defaultValue on */
  readonly technical?: TechnicalPart | false | undefined;
}

const isObject = (value: unknown) => typeof value === 'object' && value !== null;
const modelSchema = <Model>() => z.custom<Model>(isObject, 'expected an opened model');
const labelSetsSchema = z.array(
  z.custom<EncodedLabelSet>(isObject, 'expected a label set of `encodeLabels`'),
);
/** What is wrong with it the decode plan tells. */
const sampleSchema = <Kind>() => z.custom<Kind>().optional();

const visionSchema = z.strictObject({
  model: modelSchema<ImageTower>(),
  labelSets: labelSetsSchema,
  sample: sampleSchema<Sample | 'shots'>(),
}) satisfies z.ZodType<VisionPart>;

const audioSchema = z.strictObject({
  model: modelSchema<AudioTower>(),
  labelSets: labelSetsSchema,
  windowSeconds: z.number().positive().optional(),
  hopSeconds: z.number().positive().optional(),
}) satisfies z.ZodType<AudioPart>;

const objectsSchema = z.strictObject({
  model: modelSchema<Detector>(),
  sample: sampleSchema<Sample>(),
  isTracking: z.boolean().optional(),
  confidence: z.number().min(0).max(1).optional(),
}) satisfies z.ZodType<ObjectsPart>;

const technicalSchema = z.strictObject({
  isLevelsOnly: z.boolean().optional(),
  shotRule: z.enum(['adaptive', 'content', 'keyframes']).optional(),
  sceneThreshold: z.number().gt(0).max(1).optional(),
}) satisfies z.ZodType<TechnicalPart>;

const partsSchema = z.strictObject({
  vision: visionSchema.optional(),
  audio: audioSchema.optional(),
  objects: objectsSchema.optional(),
  technical: technicalSchema.optional(),
});

/** A part that can be done. */
export const possible = <Choice>(choice: Choice | Error | false | undefined): Choice | undefined =>
  choice instanceof Error || choice === false ? undefined : choice;

/** Whether sight waits for shots. */
export const seesShots = ({ vision }: MediaParts): boolean => possible(vision)?.sample === 'shots';

/** @throws {MediaError} `ERR_INVALID_OPTIONS` */
export function checkParts(parts: MediaParts): void {
  parseOptions(partsSchema, {
    vision: possible(parts.vision),
    audio: possible(parts.audio),
    objects: possible(parts.objects),
    technical: possible(parts.technical),
  });
  for (const part of ['vision', 'audio'] as const) {
    if (possible(parts[part])?.labelSets.length === 0)
      throw new MediaError(
        'ERR_INVALID_OPTIONS',
        `${part}: there is nothing to compare with: give at least one label set`,
      );
  }
  if (seesShots(parts) && parts.technical === false)
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      'vision: sample shots needs the technical part, which finds them: do not turn it off',
    );
}
