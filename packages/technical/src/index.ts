export {
  createPictureAnalyser,
  type PictureAnalyserOptions,
  pictureFrames,
  pictureMeasurements,
} from './picture/create-picture-analyser.js';
export type { PictureSummary } from './picture/picture-summary.js';
export { createShotDetector, type ShotDetectorOptions, shotFrames } from './shots/create-shot-detector.js';
export { keyframeShots } from './shots/keyframe-shots.js';
export {
  type ActionFinderOptions,
  type ActionMoment,
  createActionFinder,
} from './sound/create-action-finder.js';
export { createSoundAnalyser, soundMeasurements } from './sound/create-sound-analyser.js';
export type { ChannelSummary } from './sound/level-meter.js';
export type { SoundSummary } from './sound/sound-summary.js';
export type { TechnicalEvent, TechnicalEventKind } from './technical-event.js';
