import { expect, test } from 'vitest';
import * as combined from '../src/index.js';

test('exports these names', () => {
  expect(Object.keys(combined).toSorted()).toMatchInlineSnapshot(`
    [
      "analyseMedia",
      "candidateSample",
      "createCurveSampler",
      "createLabelTimeline",
      "createShotPicker",
      "createThumbnailer",
      "technicalCurves",
      "thumbnailFrames",
    ]
  `);
});
