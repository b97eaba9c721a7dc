export { cocoLabels } from './coco-labels.js';
export {
  type CocoResult,
  type CocoResultsFormatter,
  type CocoResultsOptions,
  cocoImageId,
  cocoResultsFormatter,
  detectionsToCocoResults,
} from './coco-results.js';
export { type CropperOptions, createCropper } from './create-cropper.js';
export { createDetectionScorer } from './create-detection-scorer.js';
export {
  createObjectClassifier,
  type ObjectClassifierOptions,
  type ObjectModel,
} from './create-object-classifier.js';
export { createObjectCounter, type ObjectCounterOptions } from './create-object-counter.js';
export { createObjectDetector, type ObjectDetectorOptions } from './create-object-detector.js';
export { createTracker, type TrackerOptions } from './create-tracker.js';
export type { CropChoice } from './crop-schedule.js';
export type { Detector } from './detector.js';
export type { Anchor, DetectorSettings, Fit, HeadName } from './detector-settings.js';
export { formatMotLines, tracksToMotChallenge } from './mot-challenge.js';
export { type DetectorOptions, openDetector } from './open-detector.js';
