export { createShotDetector, type ShotDetectorOptions, shotFrames } from './shots/create-shot-detector.js';
export { keyframeShots } from './shots/keyframe-shots.js';
