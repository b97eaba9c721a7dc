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
export { createObjectFinder, type ObjectFinderOptions } from './create-object-finder.js';
export { createOverlay, type OverlayOptions } from './create-overlay.js';
export { createTracker, type TrackerOptions } from './create-tracker.js';
export type { CropChoice } from './crop-schedule.js';
export type { Detector } from './detector.js';
export type { Anchor, DetectorSettings, Fit, HeadName } from './detector-settings.js';
export { drawObjects } from './draw-objects.js';
export { formatMotLines, tracksToMotChallenge } from './mot-challenge.js';
export { type DetectorOptions, openDetector } from './open-detector.js';
export { checkOverlayStyle, type OverlayStyle } from './overlay-style.js';
export { trackerConfidences } from './tracker-confidences.js';
export {
  type FormatPictureOptions,
  formatPicture,
  type WrittenPictureFormat,
  writePicture,
} from './write-picture.js';
