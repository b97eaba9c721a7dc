import { type AverageRow, TOLERANCE_SECONDS } from '@deepffmpeg/core';
import type { ActionMomentSection } from '@deepffmpeg/technical';
import type { MoodSection } from '../document/combined-document.js';
import { fixedText } from '../document/fixed-text.js';
import type { Evidence, Insight, Reason } from './evidence.js';
import { counted, labelReason, MOST_TIMES, momentSpan, unlistedNote } from './evidence-times.js';
import { type InsightFacts, rankedRows } from './insight-facts.js';
import type { InsightRules, MoodRules } from './insight-rules.js';
import { judgeConsistency } from './scene-rhythm.js';

/** What mood it has, how that goes on over its time, and how even its rhythm is. */
export function judgeMood(facts: InsightFacts, rules: InsightRules): Insight<MoodSection> {
  const { mood, reasons } = moodByLabels(facts, rules.mood) ?? moodBySceneRate(facts, rules.mood);
  const progression = progressionOf(facts, rules.mood);
  const consistency = judgeConsistency(facts, rules.consistency);
  return {
    section: { ...mood, mood_progression: progression.section, ...consistency.section },
    evidence: [
      { conclusion: 'mood', value: mood.primary_mood, reasons },
      ...consistency.evidence,
      ...progression.evidence,
    ],
  };
}

interface MoodFound {
  readonly mood: Pick<MoodSection, 'primary_mood' | 'mood_confidence' | 'mood_elements'>;
  readonly reasons: readonly Reason[];
}

interface MoodRow {
  readonly row: AverageRow;
  readonly mood: string;
  /** Probability times count: in how many frames or windows it was. */
  readonly weight: number;
}

/** Labels weigh by how probable and how frequent they are; undefined without labels of moods. */
function moodByLabels(facts: InsightFacts, rules: MoodRules): MoodFound | undefined {
  const rows = moodRows(facts, rules);
  const weights = new Map<string, number>();
  for (const { mood, weight } of rows) weights.set(mood, (weights.get(mood) ?? 0) + weight);
  const [heaviest] = [...weights].toSorted(([, first], [, second]) => second - first);
  if (heaviest === undefined) return undefined;
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  const shareOf = (weight: number) => (total > 0 ? weight / total : 0);
  const [primary, weight] = heaviest;
  return {
    mood: {
      primary_mood: primary,
      mood_confidence: shareOf(weight),
      mood_elements: [...weights].map(([type, each]) => ({ type, strength: shareOf(each) })),
    },
    reasons: rows
      .filter(({ mood }) => mood === primary)
      .toSorted((first, second) => second.weight - first.weight)
      .map(({ row, weight: part }) =>
        labelReason(row, facts, `weight ${fixedText(part, 2)} of ${fixedText(total, 2)} of all moods`),
      ),
  };
}

/** Those of sight, then those of sound. */
function moodRows({ classifications }: InsightFacts, { labels }: MoodRules): MoodRow[] {
  return [...rankedRows(classifications, 'vision'), ...rankedRows(classifications, 'audio')].flatMap(
    (row) => {
      const rule = labels.find(({ label, modality }) => label === row.label && modality === row.modality);
      return rule ? [{ row, mood: rule.mood, weight: row.probability * row.count }] : [];
    },
  );
}

function moodBySceneRate({ technical }: InsightFacts, { bySceneRate }: MoodRules): MoodFound {
  const { duration } = technical.metadata;
  const { scene_count: scenes } = technical.scene_analysis;
  if (duration === null || duration <= 0)
    return { mood: { primary_mood: null, mood_confidence: 0, mood_elements: [] }, reasons: [] };
  const { steps, otherwise } = bySceneRate;
  const { mood, confidence } =
    steps.find(({ abovePerSecond }) => scenes / duration > abovePerSecond) ?? otherwise;
  const bounds = steps.map((step) => `${step.mood} above ${step.abovePerSecond} a second`).join(', ');
  return {
    mood: {
      primary_mood: mood,
      mood_confidence: confidence,
      mood_elements: [{ type: mood, strength: confidence }],
    },
    reasons: [
      {
        text: `no label tells; ${counted(scenes, 'scene')} in ${fixedText(duration, 2)}s: ${bounds}`,
        times: [],
      },
    ],
  };
}

/** How intense the moments are in each of some equal parts of the time, which count from the input's begin. */
function progressionOf(
  { technical, startSeconds = 0 }: InsightFacts,
  { mostParts }: MoodRules,
): Insight<MoodSection['mood_progression']> {
  const { duration } = technical.metadata;
  const { action_moments: moments } = technical.audio_analysis;
  if (duration === null || duration <= 0 || moments.length === 0) return { section: [], evidence: [] };
  const count = Math.min(mostParts, moments.length);
  const length = duration / count;
  const lastListed = moments.reduce((last, { time }) => Math.max(last, time - startSeconds), 0);
  const note = unlistedNote(technical.audio_analysis);
  const parts = Array.from({ length: count }, (_, i) => {
    const [begin, end] = [i * length, (i + 1) * length];
    const inside = moments.filter(({ time }) => {
      const place = time - startSeconds + TOLERANCE_SECONDS; // who stands on a border is in the later part
      return begin <= place && place < end;
    });
    return {
      inside,
      note: end > lastListed ? note : undefined,
      section: {
        time_range: `${fixedText(begin, 1)}s - ${fixedText(end, 1)}s`,
        intensity: meanIntensity(inside),
        action_count: inside.length,
      },
    };
  });
  return { section: parts.map(({ section }) => section), evidence: [progressionEvidence(parts)] };
}

interface ProgressionPart {
  readonly inside: readonly ActionMomentSection[];
  /** That there are more moments than are counted. */
  readonly note: string | undefined;
  readonly section: MoodSection['mood_progression'][number];
}

function progressionEvidence(parts: readonly ProgressionPart[]): Evidence {
  const [strongest] = parts.toSorted((first, second) => second.section.intensity - first.section.intensity);
  return {
    conclusion: 'mood-progression',
    value: strongest ? `most intense in ${strongest.section.time_range}` : null,
    reasons: parts.map(({ inside, note, section: { time_range, intensity, action_count } }) => ({
      text: `${time_range}: ${counted(action_count, 'moment')}, mean intensity ${fixedText(intensity, 2)}${note === undefined ? '' : `; ${note}`}`,
      times: inside
        .toSorted((first, second) => second.intensity - first.intensity)
        .slice(0, MOST_TIMES)
        .map(momentSpan),
    })),
  };
}

const meanIntensity = (moments: readonly ActionMomentSection[]) =>
  moments.length === 0 ? 0 : moments.reduce((sum, { intensity }) => sum + intensity, 0) / moments.length;
