import type { Modality } from '@deepffmpeg/core';
import * as z from 'zod';

/** All that conclusions go by, as a table of data: replace what you judge otherwise. `defaultRules` are the original's. */
export interface InsightRules {
  readonly contentType: ContentTypeRules;
  readonly resolution: ResolutionRules;
  readonly videoQuality: VideoQualityRules;
  readonly audioQuality: AudioQualityRules;
  readonly mood: MoodRules;
  readonly consistency: ConsistencyRules;
  readonly keyMoments: KeyMomentRules;
  readonly pacing: PacingRules;
  readonly narrative: NarrativeRules;
}

export interface ContentTypeRules {
  /** Of each stream so many labels count, the most frequent. */
  readonly topLabels: number;
  /** The one with the most points is chosen, of equals the first. */
  readonly types: readonly {
    readonly name: string;
    /** What a label gives, of either stream; 0 and more. */
    readonly points: Readonly<Record<string, number>>;
  }[];
  /** Where no label gives points. */
  readonly unclassified: string;
  /** The first whose label is among the video's becomes a subtype. */
  readonly styles: readonly { readonly label: string; readonly subtype: string }[];
  /** Labels that are subtypes themselves. */
  readonly moodSubtypes: readonly string[];
}

export interface ResolutionRules {
  /** The first that a picture reaches, by its width or its height in pixels. */
  readonly classes: readonly { readonly name: string; readonly width: number; readonly height: number }[];
  readonly otherwise: string;
}

/** A judgement, and what is told as its cause. */
export interface Rating {
  readonly rating: string;
  readonly factors: readonly string[];
}

export interface RatedLabel extends Rating {
  readonly label: string;
}

export interface VideoQualityRules {
  /** The most probable of these labels decides. */
  readonly labels: readonly RatedLabel[];
  /** Without any of them the bitrate does; `{mbps}` in a factor stands for it. */
  readonly byBitrate: {
    readonly steps: readonly (Rating & { readonly aboveMbps: number })[];
    readonly otherwise: Rating;
  };
}

export interface AudioQualityRules {
  /** The most probable of these labels decides. */
  readonly labels: readonly RatedLabel[];
  /** Without any of them the levels do. */
  readonly byLevels: {
    readonly steps: readonly (Rating & {
      readonly meanAboveDb: number;
      readonly maxAboveDb: number;
    })[];
    readonly otherwise: Rating;
  };
  /** Told as well, whatever decided. */
  readonly bySampleRate: { readonly leastHz: number; readonly factor: string };
}

export interface MoodRules {
  /** Labels that tell a mood, and its name: that of sight and that of sound may share one. */
  readonly labels: readonly {
    readonly modality: Modality;
    readonly label: string;
    readonly mood: string;
  }[];
  /** Without any of them the number of scenes a second decides. */
  readonly bySceneRate: {
    readonly steps: readonly {
      readonly abovePerSecond: number;
      readonly mood: string;
      readonly confidence: number;
    }[];
    readonly otherwise: { readonly mood: string; readonly confidence: number };
  };
  /** The progression has so many parts at most, and no more than there are moments. */
  readonly mostParts: number;
}

export interface ConsistencyRules {
  /** By the mean deviation of the lengths of scenes as a share of their mean. */
  readonly steps: readonly { readonly below: number; readonly name: string }[];
  readonly otherwise: string;
}

export interface KeyMomentRules {
  /** So many, the most intense. */
  readonly most: number;
  readonly steps: readonly { readonly above: number; readonly description: string }[];
  readonly otherwise: string;
}

export interface PacingRules {
  readonly steps: readonly { readonly abovePerMinute: number; readonly name: string }[];
  readonly otherwise: string;
}

/** How the number of scenes changes from one third of the time to the next. */
export type SceneChange = 'rises' | 'falls' | 'stays';

export interface NarrativeRules {
  /** Fewer scenes have no structure. */
  readonly leastScenes: number;
  readonly fewScenes: string;
  /** The first that fits, by the changes to the second and to the last third. */
  readonly structures: readonly {
    readonly changes: readonly [SceneChange, SceneChange];
    readonly name: string;
  }[];
  readonly otherwise: string;
}

const text = z.string().min(1);
const share = z.number().min(0).max(1);
const count = z.int().min(1).max(1000);
const rating = { rating: text, factors: z.array(text) };
const ratedLabels = z.array(z.strictObject({ label: text, ...rating }));

/** Steps are tried in their order, so one that is not harder to reach than the next would hide it. */
function falling<Step extends z.ZodType>(step: Step, value: (step: z.output<Step>) => number) {
  const isFalling = (steps: readonly z.output<Step>[]) =>
    steps.every((each, i) => i === 0 || value(each) < value(steps[i - 1]!));
  return z.array(step).refine(isFalling, 'steps from the highest to the lowest');
}

export const insightRulesSchema = z.strictObject({
  contentType: z.strictObject({
    topLabels: count,
    types: z.array(z.strictObject({ name: text, points: z.record(z.string(), z.number().min(0)) })),
    unclassified: text,
    styles: z.array(z.strictObject({ label: text, subtype: text })),
    moodSubtypes: z.array(text),
  }),
  resolution: z.strictObject({
    classes: z.array(z.strictObject({ name: text, width: z.int().min(1), height: z.int().min(1) })),
    otherwise: text,
  }),
  videoQuality: z.strictObject({
    labels: ratedLabels,
    byBitrate: z.strictObject({
      steps: falling(z.strictObject({ aboveMbps: z.number().min(0), ...rating }), (step) => step.aboveMbps),
      otherwise: z.strictObject(rating),
    }),
  }),
  audioQuality: z.strictObject({
    labels: ratedLabels,
    byLevels: z.strictObject({
      steps: z.array(z.strictObject({ meanAboveDb: z.number(), maxAboveDb: z.number(), ...rating })),
      otherwise: z.strictObject(rating),
    }),
    bySampleRate: z.strictObject({ leastHz: z.number().min(0), factor: text }),
  }),
  mood: z.strictObject({
    labels: z.array(z.strictObject({ modality: z.enum(['vision', 'audio']), label: text, mood: text })),
    bySceneRate: z.strictObject({
      steps: falling(
        z.strictObject({ abovePerSecond: z.number().min(0), mood: text, confidence: share }),
        (step) => step.abovePerSecond,
      ),
      otherwise: z.strictObject({ mood: text, confidence: share }),
    }),
    mostParts: count,
  }),
  consistency: z.strictObject({
    steps: z
      .array(z.strictObject({ below: z.number().min(0), name: text }))
      .refine(
        (steps) => steps.every(({ below }, i) => i === 0 || below > steps[i - 1]!.below),
        'steps from the lowest to the highest',
      ),
    otherwise: text,
  }),
  keyMoments: z.strictObject({
    most: count,
    steps: falling(z.strictObject({ above: z.number().min(0), description: text }), (step) => step.above),
    otherwise: text,
  }),
  pacing: z.strictObject({
    steps: falling(
      z.strictObject({ abovePerMinute: z.number().min(0), name: text }),
      (step) => step.abovePerMinute,
    ),
    otherwise: text,
  }),
  narrative: z.strictObject({
    leastScenes: z.int().min(1),
    fewScenes: text,
    structures: z.array(
      z.strictObject({
        changes: z.tuple([z.enum(['rises', 'falls', 'stays']), z.enum(['rises', 'falls', 'stays'])]),
        name: text,
      }),
    ),
    otherwise: text,
  }),
}) satisfies z.ZodType<InsightRules>;
