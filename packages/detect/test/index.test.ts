import { expect, test } from 'vitest';
import * as detect from '../src/index.js';

test('exports these names', () => {
  expect(Object.keys(detect)).toMatchInlineSnapshot(`
    [
      "cocoLabels",
      "createCropper",
      "createObjectDetector",
      "createOverlay",
      "createTracker",
      "drawObjects",
      "openDetector",
      "formatPicture",
      "writePicture",
    ]
  `);
});
