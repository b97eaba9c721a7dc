import { expect, test } from 'vitest';
import * as technical from '../src/index.js';

test('the package exports these names', () => {
  expect(Object.keys(technical).sort()).toEqual([
    'createActionFinder',
    'createPictureAnalyser',
    'createShotDetector',
    'createSoundAnalyser',
    'keyframeShots',
    'pictureFrames',
    'pictureMeasurements',
    'shotFrames',
    'soundMeasurements',
  ]);
});
