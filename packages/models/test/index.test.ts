import { expect, test } from 'vitest';
import * as models from '../src/index.js';

test('exports these names', () => {
  expect(Object.keys(models)).toMatchInlineSnapshot(`
    [
      "cacheFolders",
      "conversionEnvironment",
      "openConversionEnvironment",
      "convertModel",
      "embedInBatches",
      "embedItems",
      "describeTensors",
      "embeddingLength",
      "embeddingOutput",
      "embeddingsOf",
      "encodeLabels",
      "fileDigest",
      "checkModel",
      "listModels",
      "convertCommand",
      "pullModel",
      "removeModel",
      "whereIs",
      "knownModels",
      "listDevices",
      "isMissingModelError",
      "MissingModelError",
      "isFile",
      "onnxFileName",
      "requireFile",
      "notLonger",
      "openSession",
      "openTextTower",
      "openTokenizer",
      "openTowers",
      "readModelFile",
      "readOptionalModelFile",
      "readSidecar",
      "modelSets",
      "resolveModel",
      "warnOnce",
    ]
  `);
});
