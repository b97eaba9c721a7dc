import { expect, test } from 'vitest';
import * as technical from '../src/index.js';

test('the package exports these names', () => {
  expect(Object.keys(technical).sort()).toEqual([
    'createShotDetector',
    'filmInfo',
    'formatAnalysisDocument',
    'keyframeShots',
    'makeAnalysisDocument',
    'rateProduction',
    'readMetadata',
    'scenesOf',
    'shotFrames',
    'shotsToCsv',
    'shotsToEdl',
    'shotsToFcpxml',
    'shotsToFfmetadata',
    'shotsToOtio',
    'shotsToQpFile',
    'shotsToWebVtt',
    'systemHints',
  ]);
});
