import { expect, test } from 'vitest';
import * as technical from '../src/index.js';

test('the package exports these names', () => {
  expect(Object.keys(technical).sort()).toEqual([
    'filmInfo',
    'formatAnalysisDocument',
    'keyframeScenes',
    'makeAnalysisDocument',
    'rateProduction',
    'readMetadata',
    'shotsToCsv',
    'shotsToEdl',
    'shotsToFcpxml',
    'shotsToFfmetadata',
    'shotsToOtio',
    'shotsToQpFile',
    'shotsToWebVtt',
    'summarizePackets',
    'systemHints',
  ]);
});
