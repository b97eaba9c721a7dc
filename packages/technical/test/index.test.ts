import { expect, test } from 'vitest';
import * as technical from '../src/index.js';

test('exports these names', () => {
  expect(Object.keys(technical)).toMatchInlineSnapshot(`
    [
      "analyseTechnical",
      "createTechnicalAnalyser",
      "analysisDocumentOf",
      "formatAnalysisDocument",
      "makeAnalysisDocument",
      "scenesOf",
      "filmInfo",
      "shotsToCsv",
      "shotsToEdl",
      "shotsToFcpxml",
      "shotsToFfmetadata",
      "shotsToOtio",
      "shotsToQpFile",
      "shotsToWebVtt",
      "rateProduction",
      "systemHints",
      "makeTechnicalAnalysis",
      "audioPlaceOf",
      "readMetadata",
      "createPictureAnalyser",
      "pictureFrames",
      "pictureMeasurements",
      "mostMissingSeconds",
      "readSecondsOf",
      "contactSheet",
      "createShotDetector",
      "shotFrames",
      "createShotSampler",
      "keyframeShots",
      "shotPictures",
      "createActionFinder",
      "createSoundAnalyser",
      "soundMeasurements",
      "sceneMoments",
      "technicalPlan",
    ]
  `);
});
