import { expect, test } from 'vitest';
import * as detect from '../src/index.js';

test('exports these names', () => {
  expect(Object.keys(detect)).toMatchInlineSnapshot(`
    [
      "cocoLabels",
      "cocoImageId",
      "cocoResultsFormatter",
      "detectionsToCocoResults",
      "createCropper",
      "createDetectionScorer",
      "createObjectClassifier",
      "createObjectCounter",
      "createObjectDetector",
      "createObjectFinder",
      "createOverlay",
      "createTracker",
      "drawObjects",
      "formatMotLines",
      "tracksToMotChallenge",
      "openDetector",
      "checkOverlayStyle",
      "trackerConfidences",
      "formatPicture",
      "writePicture",
    ]
  `);
});
