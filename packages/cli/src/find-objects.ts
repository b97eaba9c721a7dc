import {
  type AudioSamples,
  type Detections,
  type EncodedLabelSet,
  type Scores,
  through,
  type VideoFrame,
} from '@deepffmpeg/core';
import { createObjectFinder, type Detector, type ObjectModel, trackerConfidences } from '@deepffmpeg/detect';
import { type DetectChoice, isTracking, objectConfidence } from './choose-detector.js';

/** What is found in frames, and what comes of the parts that are found. */
export type ObjectChunk = Detections | Scores | AudioSamples;

/**
 * Finds objects in frames and follows them where that is asked for. Their scores are those of the labels to look for; without
 * such, what the detector took them for.
 */
export function findObjects(
  media: AsyncIterable<VideoFrame | AudioSamples | Scores>,
  { detector, vision }: { readonly detector: Detector; readonly vision: ObjectModel | undefined },
  labelSets: readonly EncodedLabelSet[],
  flags: DetectChoice & { readonly confidence: number },
  signal: AbortSignal,
): AsyncIterable<ObjectChunk | VideoFrame> {
  const finder = createObjectFinder({
    model: detector,
    ...(isTracking(flags) && { tracker: trackerConfidences(objectConfidence(flags)) }),
    ...(vision && {
      classifier: { model: vision, labelSets, everySeconds: flags.trackInterval, margin: flags.cropMargin },
    }),
    signal,
  });
  return through(media, finder);
}
