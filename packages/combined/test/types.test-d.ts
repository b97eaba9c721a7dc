import type { AverageRow, LabelAverage, Segment } from '@deepffmpeg/core';
import type { AnalysisDocument } from '@deepffmpeg/technical';
import { expectTypeOf, test } from 'vitest';
import {
  type CombinedDocument,
  defaultRules,
  drawInsights,
  type Evidence,
  formatCombinedDocument,
  type InsightRules,
  type InsightSections,
  makeCombinedDocument,
  parseAnalysisDocument,
  readInsightRules,
} from '../src/index.js';

declare const technical: AnalysisDocument;
declare const rows: AverageRow[];
declare const averages: LabelAverage[];
declare const segments: Segment[] | undefined;

test('insights follow from what is stored, and take averages of a run as well', () => {
  const drawn = drawInsights({ technical, classifications: rows });
  expectTypeOf(drawn.sections).toEqualTypeOf<InsightSections>();
  expectTypeOf(drawn.evidence).toEqualTypeOf<readonly Evidence[]>();
  drawInsights({ technical, classifications: averages, segments });
  // @ts-expect-error without labels there is nothing to conclude from
  drawInsights({ technical });
});

test('rules are a whole table, of which parts can be replaced', () => {
  drawInsights(
    { technical, classifications: rows },
    { ...defaultRules, pacing: { steps: [], otherwise: 'Any' } },
  );
  // @ts-expect-error a part is no table
  drawInsights({ technical, classifications: rows }, { pacing: { steps: [], otherwise: 'Any' } });
  expectTypeOf(readInsightRules).returns.resolves.toEqualTypeOf<InsightRules>();
});

test('a document is made of what was read and drawn', () => {
  const { document, shots } = parseAnalysisDocument('{}', 'film.json');
  const facts = { technical: document, classifications: rows, shots };
  const made = makeCombinedDocument({
    inputFile: 'film.mp4',
    sizeBytes: undefined,
    createdAt: new Date(),
    technical: document,
    classifications: rows,
    insights: drawInsights(facts).sections,
  });
  expectTypeOf(made).toEqualTypeOf<CombinedDocument>();
  formatCombinedDocument({ ...made, details: { parts: [] } });
  // @ts-expect-error pacing may not be known
  made.combined_insights.storytelling_metrics.pacing.length;
});
