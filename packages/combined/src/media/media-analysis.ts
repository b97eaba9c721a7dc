import type { SoundShares } from '@deepffmpeg/clap';
import type { LabelAverage, Modality, ObjectCount, Segment, Track } from '@deepffmpeg/core';
import type { MediaInfo } from '@deepffmpeg/ffmpeg-filters';
import type { TechnicalAnalysis } from '@deepffmpeg/technical';

/** What an input is analysed for; each stands for itself. */
export type PartName = 'technical' | 'vision' | 'audio' | 'objects';

/** What became of a part. */
export interface PartOutcome {
  readonly part: PartName;
  /** `missing`: the input has no such stream. `off`: not asked for. */
  readonly status: 'done' | 'missing' | 'failed' | 'off';
  /** Why it is missing or failed; of one that is done, what it lacks. */
  readonly reason?: string;
}

/** All that is known of an input. */
export interface MediaAnalysis {
  readonly source: string;
  /** What the input says of itself. */
  readonly info: MediaInfo;
  /** Place among all its streams of the sound that was listened to; undefined where there is none. */
  readonly audioStream: number | undefined;
  /** One for each part. */
  readonly parts: readonly PartOutcome[];
  readonly technical: TechnicalAnalysis | undefined;
  /** In order of first appearance. */
  readonly averages: readonly LabelAverage[];
  readonly segments: readonly Segment[];
  readonly objects: readonly ObjectCount[];
  readonly tracks: readonly Track[];
  /** Of each unit of labels: what holds in each shot, and in parts of equal length. */
  readonly timeline: {
    readonly shots: readonly IntervalScores[];
    readonly windows: readonly IntervalScores[];
  };
  readonly curves: readonly Curve[];
  readonly thumbnails: readonly ShotThumbnail[];
  readonly soundShares: SoundShares | undefined;
  /** Set when the input broke off, or is damaged. */
  readonly partialReason: string | undefined;
}

/** How well the labels of one group fit over a part of the time. */
export interface IntervalScores {
  /** Seconds on the input's own clock. */
  readonly timestamp: number;
  readonly durationSeconds: number;
  readonly modality: Modality;
  readonly model: string;
  readonly labelSet: string;
  readonly group: string;
  /** The 10 labels of the group that fit best, or all of fewer, with their mean probability, 0 to 1, to 6 decimals; the highest first. */
  readonly labels: readonly { readonly label: string; readonly probability: number }[];
}

/** A measurement over time, thinned out to a bounded number of points. */
export interface Curve {
  /** Such as `loudness`. */
  readonly name: string;
  /** Such as `LUFS`. */
  readonly unit: string;
  readonly modality: Modality;
  /** In order of time; seconds on the input's own clock, and the mean around them. */
  readonly points: readonly { readonly timestamp: number; readonly value: number }[];
}

/** A small picture of a shot. */
export interface ShotThumbnail {
  /** `index` of the shot. */
  readonly shot: number;
  /** Of the picture, seconds on the input's own clock. */
  readonly timestamp: number;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly jpeg: Uint8Array;
}
