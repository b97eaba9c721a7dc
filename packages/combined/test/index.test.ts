import { expect, test } from 'vitest';
import * as combined from '../src/index.js';

test('exports these names', () => {
  expect(Object.keys(combined).toSorted()).toMatchInlineSnapshot(`
    [
      "defaultRules",
      "drawInsights",
      "fixedText",
      "formatCombinedDocument",
      "makeCombinedDocument",
      "parseAnalysisDocument",
      "parseInsightRules",
      "readAnalysisDocument",
      "readInsightRules",
    ]
  `);
});
