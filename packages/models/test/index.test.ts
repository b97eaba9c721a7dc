import { expect, test } from 'vitest';
import * as models from '../src/index.js';

test('exports these names', () => {
  expect(Object.keys(models)).toMatchInlineSnapshot(`
    [
      "abortable",
      "throwIfAborted",
      "cacheFolders",
      "embeddingOutput",
      "embeddingsOf",
      "encodeLabels",
      "fileDigest",
      "fillTemplate",
      "findScale",
      "knownModels",
      "listDevices",
      "measureJointScale",
      "isFile",
      "onnxFileName",
      "requireFile",
      "normaliseRows",
      "openSession",
      "openTextTower",
      "openTokenizer",
      "readModelFile",
      "readOptionalModelFile",
      "readSidecar",
      "resolveModel",
      "warnOnce",
    ]
  `);
});
