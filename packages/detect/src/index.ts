export { cocoLabels } from './coco-labels.js';
export { type CropperOptions, createCropper } from './create-cropper.js';
export { createObjectDetector, type ObjectDetectorOptions } from './create-object-detector.js';
export { createTracker, type TrackerOptions } from './create-tracker.js';
export type { Detector } from './detector.js';
export type { Anchor, DetectorSettings, Fit, HeadName } from './detector-settings.js';
export { type DetectorOptions, openDetector } from './open-detector.js';
