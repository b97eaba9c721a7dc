import { chain, type Detections, type Scores, type Stage, type VideoFrame } from '@deepffmpeg/core';
import { createDetectionScorer } from './create-detection-scorer.js';
import { createObjectClassifier, type ObjectClassifierOptions } from './create-object-classifier.js';
import { createObjectDetector, type ObjectDetectorOptions } from './create-object-detector.js';
import { createTracker, type TrackerOptions } from './create-tracker.js';

export interface ObjectFinderOptions<Tap extends string = string>
  extends Omit<ObjectDetectorOptions<Tap>, 'idleMs' | 'highWaterMark'> {
  /** How to follow objects. @defaultValue not at all */
  readonly tracker?: Omit<TrackerOptions, 'signal'> | undefined;
  /** What to compare each object with. @defaultValue nothing: it is what the detector took it for */
  readonly classifier?: Omit<ObjectClassifierOptions, 'signal'> | undefined;
}

/**
 * Finds objects in frames, follows them where that is asked for, and scores each: `createObjectDetector`, `createTracker`, and
 * `createObjectClassifier` or `createDetectionScorer`, as one stage.
 *
 * In: frames. Out: for each, in order, the `Scores` of its objects, then its `Detections`. Holds what these stages hold.
 *
 * @throws {MediaError} as those stages do.
 */
export function createObjectFinder<Tap extends string = string>({
  tracker,
  classifier,
  ...detector
}: ObjectFinderOptions<Tap>): Stage<VideoFrame<Tap>, Detections | Scores> {
  const { signal } = detector;
  const find = createObjectDetector(detector);
  const score = classifier
    ? createObjectClassifier({ ...classifier, signal })
    : createDetectionScorer({ signal });
  return tracker ? chain(find, createTracker({ ...tracker, signal }), score) : chain(find, score);
}
