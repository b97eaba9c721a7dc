import type { MoodSection } from '../document/combined-document.js';
import { fixedText } from '../document/fixed-text.js';
import type { Insight, Reason } from './evidence.js';
import { counted, MOST_TIMES } from './evidence-times.js';
import { hasPictures, type InsightFacts } from './insight-facts.js';
import type { ConsistencyRules } from './insight-rules.js';

type Consistency = Pick<MoodSection, 'mood_consistency' | 'scene_rhythm_variation'>;

/** How even the lengths of scenes are, the last one apart; nothing with one scene, or of sound alone. */
export function judgeConsistency(
  facts: InsightFacts,
  { steps, otherwise }: ConsistencyRules,
): Insight<Consistency> {
  const { scene_count, scene_timestamps: timestamps } = facts.technical.scene_analysis;
  const gaps = timestamps.slice(1).map((timestamp, i) => timestamp - (timestamps[i] ?? 0));
  const mean = meanOf(gaps);
  const variation = meanOf(gaps.map((gap) => Math.abs(gap - mean))) / mean;
  // Stored times may be anything: gaps of nothing say nothing.
  const isTold = hasPictures(facts) && scene_count > 1 && mean > 0 && Number.isFinite(variation);
  if (!isTold) return { section: {}, evidence: [] };
  const name = steps.find(({ below }) => variation < below)?.name ?? otherwise;
  const bounds = steps.map((step) => `${step.name} below ${step.below}`).join(', ');
  const reason: Reason = {
    text: `${counted(gaps.length, 'gap')} between scenes, ${fixedText(mean, 2)}s in the mean, vary by ${fixedText(variation, 2)} of it: ${bounds}`,
    // What deviates most speaks against an even rhythm, where there is one as well.
    times: gaps
      .map((durationSeconds, i) => ({ timestamp: timestamps[i] ?? 0, durationSeconds }))
      .toSorted(
        (first, second) => Math.abs(second.durationSeconds - mean) - Math.abs(first.durationSeconds - mean),
      )
      .slice(0, MOST_TIMES),
  };
  return {
    section: { mood_consistency: name, scene_rhythm_variation: variation },
    evidence: [{ conclusion: 'mood-consistency', value: name, reasons: [reason] }],
  };
}

/** NaN of none. */
const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
