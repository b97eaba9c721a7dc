import { createSoundEmbedder, createSoundShareMeter, type SoundShareSummary } from '@deepffmpeg/clap';
import { createFrameEmbedder } from '@deepffmpeg/clip';
import {
  type AnyStage,
  chain,
  createAverager,
  createScorer,
  createSegmenter,
  type LabelAverage,
  type ObjectCount,
  parallel,
  type Segment,
  type SegmenterOptions,
  type Track,
} from '@deepffmpeg/core';
import { createObjectCounter, createObjectFinder, trackerConfidences } from '@deepffmpeg/detect';
import type { FramePlan } from '@deepffmpeg/ffmpeg-filters';
import { createLabelTimeline, type IntervalChunk } from './create-label-timeline.js';
import { createShotPicker } from './create-shot-picker.js';
import { createSink } from './create-sink.js';
import { candidateSample } from './frame-candidates.js';
import type { AudioPart, ObjectsPart, VisionPart } from './media-parts.js';

/** What comes of seeing, hearing and finding objects. */
export type Found = LabelAverage | Segment | IntervalChunk | SoundShareSummary | ObjectCount | Track;

/** How scores become outcomes. */
export interface OutcomeSettings {
  readonly confidence: number;
  readonly mostLabels?: number | undefined;
  readonly segments: Pick<SegmenterOptions, 'enter' | 'exit' | 'minSeconds'>;
  readonly timelineSeconds: number;
  /** When the input begins. */
  readonly startSeconds: number;
  readonly signal: AbortSignal | undefined;
}

/** Of the decode plan's entries; each part has its own. */
const [VISION, AUDIO, OBJECTS] = ['vision', 'audio', 'objects'];

/** The frames that a model is to see: as large as it takes them. */
export const visionFrames = ({ model, sample = { perSecond: 1 } }: VisionPart): FramePlan => ({
  tap: VISION,
  sample: sample === 'shots' ? candidateSample : sample,
  size: model.pictureSize,
});

/** Full size: small objects must be made out. */
export const objectFrames = ({ isTracking = false, sample }: ObjectsPart): FramePlan => ({
  tap: OBJECTS,
  sample: sample ?? (isTracking ? 'all' : { perSecond: 1 }),
});

export const audioSamples = ({ model: { sampleRate } }: AudioPart) => ({ tap: AUDIO, sampleRate });

/** Takes frames and shots; puts what it finds into `found`. */
export function seeingStage(
  { model, labelSets, sample }: VisionPart,
  found: Found[],
  settings: OutcomeSettings,
): AnyStage {
  const { signal } = settings;
  const score = chain(
    createFrameEmbedder({ model, tap: VISION, signal }),
    createScorer({ labelSets, signal }),
    outcomesOfScores(settings),
    sinkTo(found, settings),
  );
  return sample === 'shots' ? chain(createShotPicker({ tap: VISION, signal }), score) : score;
}

/** Takes samples and shots; puts what it hears into `found`. */
export function hearingStage(
  { model, labelSets, windowSeconds, hopSeconds }: AudioPart,
  found: Found[],
  settings: OutcomeSettings,
): AnyStage {
  const { signal } = settings;
  return chain(
    createSoundEmbedder({ model, tap: AUDIO, windowSeconds, hopSeconds, signal }),
    createScorer({ labelSets, signal }),
    parallel(outcomesOfScores(settings), createSoundShareMeter({ signal })),
    sinkTo(found, settings),
  );
}

/** Takes frames; puts what objects it finds into `found`. */
export function findingStage(
  { model, isTracking = false, confidence: own }: ObjectsPart,
  found: Found[],
  settings: OutcomeSettings,
): AnyStage {
  const { signal, segments } = settings;
  const confidence = own ?? settings.confidence;
  // What counts as an object has a track: ByteTrack's own threshold would leave some without.
  const tracker = trackerConfidences(confidence);
  return chain(
    createObjectFinder({ model, tap: OBJECTS, ...(isTracking && { tracker }), signal }),
    parallel(createObjectCounter({ signal }), createSegmenter({ ...segments, signal })),
    sinkTo(found, settings),
  );
}

const outcomesOfScores = ({
  confidence,
  mostLabels,
  segments,
  timelineSeconds,
  startSeconds,
  signal,
}: OutcomeSettings) =>
  parallel(
    createAverager({ confidence, mostLabels, signal }),
    createSegmenter({ ...segments, signal }),
    createLabelTimeline({ timelineSeconds, startSeconds, signal }),
  );

const sinkTo = (found: Found[], { signal }: OutcomeSettings) =>
  createSink<Found>(
    ['label-average', 'segment', 'interval-scores', 'sound-shares', 'object-count', 'track'],
    found,
    { signal },
  );
