import { parseOptions } from '@deepffmpeg/core';
import type { InsightSections } from '../document/combined-document.js';
import { judgeContentType } from './content-type.js';
import { defaultRules } from './default-rules.js';
import type { Evidence } from './evidence.js';
import type { InsightFacts } from './insight-facts.js';
import { type InsightRules, insightRulesSchema } from './insight-rules.js';
import { judgeMood } from './mood.js';
import { judgeQuality } from './quality.js';
import { judgeStorytelling } from './storytelling.js';

/** Conclusions about an input, and what each rests on. */
export interface Insights {
  readonly sections: InsightSections;
  /** One for each conclusion that there is something to conclude from, in the order of the sections. */
  readonly evidence: readonly Evidence[];
}

/**
 * Draws conclusions from what is known of an input: what kind of film it is, how well it is made, its mood, how it tells; and what each
 * rests on. Reads nothing and measures nothing.
 *
 * By DeepFFMPEGVideoClassification's rules and to their digits, unless other ones are given. What is missing (sight or sound among the
 * labels, a stream, the duration) is left out of account or null.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, naming what is wrong with the rules.
 */
export function drawInsights(given: InsightFacts, rules: InsightRules = defaultRules): Insights {
  const checked = parseOptions(insightRulesSchema, rules);
  const facts = asFarAsRead(given);
  const contentType = judgeContentType(facts, checked);
  const quality = judgeQuality(facts, checked);
  const mood = judgeMood(facts, checked);
  const storytelling = judgeStorytelling(facts, checked);
  return {
    sections: {
      content_type: contentType.section,
      quality_assessment: quality.section,
      mood: mood.section,
      storytelling_metrics: storytelling.section,
    },
    evidence: [contentType, quality, mood, storytelling].flatMap(({ evidence }) => evidence),
  };
}

function asFarAsRead(facts: InsightFacts): InsightFacts {
  const { technical, readSeconds } = facts;
  if (readSeconds === undefined) return facts;
  return {
    ...facts,
    technical: { ...technical, metadata: { ...technical.metadata, duration: readSeconds } },
  };
}
