import { expect, test } from 'vitest';
import * as combined from '../src/index.js';

test('exports these names', () => {
  expect(Object.keys(combined).toSorted()).toMatchInlineSnapshot(`
    [
      "MOST_EMBEDDED_BYTES",
      "analyseMedia",
      "asksTinyModels",
      "candidateSample",
      "combineAnalysis",
      "createCurveSampler",
      "createLabelTimeline",
      "createShotPicker",
      "createThumbnailer",
      "defaultRules",
      "drawInsights",
      "fixedText",
      "formatCombinedDocument",
      "formatReport",
      "formatReportIndex",
      "hasPictures",
      "labelPackFile",
      "labelPacks",
      "labelsOfRules",
      "makeCombinedDocument",
      "parseAnalysisDocument",
      "parseInsightRules",
      "readAnalysisDocument",
      "readInsightRules",
      "readLabelPack",
      "relativeHref",
      "reportIndexFilm",
      "technicalCurves",
      "thumbnailFrames",
      "writeReport",
      "writeReportIndex",
    ]
  `);
});
