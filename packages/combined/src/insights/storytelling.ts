import { TOLERANCE_SECONDS } from '@deepffmpeg/core';
import type { ActionMomentSection } from '@deepffmpeg/technical';
import type { StorytellingSection } from '../document/combined-document.js';
import { fixedText } from '../document/fixed-text.js';
import type { Evidence, Insight, Span } from './evidence.js';
import { counted, MOST_TIMES, momentSpan, sceneSpans } from './evidence-times.js';
import { hasPictures, type InsightFacts } from './insight-facts.js';
import type {
  InsightRules,
  KeyMomentRules,
  NarrativeRules,
  PacingRules,
  SceneChange,
} from './insight-rules.js';

/** How it tells: its pace, its most intense moments, and how scenes are spread over it. */
export function judgeStorytelling(facts: InsightFacts, rules: InsightRules): Insight<StorytellingSection> {
  const { scene_count, average_scene_duration } = facts.technical.scene_analysis;
  const perMinute = scenesPerMinute(facts);
  const moments = keyMoments(facts, rules.keyMoments);
  const narrative = narrativeStructure(facts, rules.narrative);
  const pacing = pacingOf(facts, perMinute, rules.pacing);
  return {
    section: {
      scene_analysis: {
        count: scene_count,
        average_duration: average_scene_duration,
        scenes_per_minute: perMinute,
      },
      key_moments: moments.section,
      narrative_structure: narrative.value,
      pacing: pacing.value,
    },
    evidence: [...moments.evidence, narrative, pacing],
  };
}

function scenesPerMinute({ technical }: InsightFacts): number | null {
  const { duration } = technical.metadata;
  const rate =
    duration !== null && duration > 0 ? technical.scene_analysis.scene_count / (duration / 60) : NaN;
  return Number.isFinite(rate) ? rate : null;
}

function pacingOf(
  facts: InsightFacts,
  perMinute: number | null,
  { steps, otherwise }: PacingRules,
): Evidence {
  if (perMinute === null || !hasPictures(facts)) return { conclusion: 'pacing', value: null, reasons: [] };
  const name = steps.find(({ abovePerMinute }) => perMinute > abovePerMinute)?.name ?? otherwise;
  const bounds = steps.map((step) => `${step.name} above ${step.abovePerMinute}`).join(', ');
  const { scene_count } = facts.technical.scene_analysis;
  const shortest = sceneSpans(facts)
    .toSorted((first, second) => first.durationSeconds - second.durationSeconds)
    .slice(0, MOST_TIMES);
  const [first] = shortest;
  const least = first ? `, the shortest ${fixedText(first.durationSeconds, 2)}s` : '';
  const text = `${counted(scene_count, 'scene')}${least}, ${fixedText(perMinute, 2)} a minute: ${bounds}`;
  return { conclusion: 'pacing', value: name, reasons: [{ text, times: shortest }] };
}

function keyMoments(
  { technical }: InsightFacts,
  { most, steps, otherwise }: KeyMomentRules,
): Insight<StorytellingSection['key_moments']> {
  const strongest = technical.audio_analysis.action_moments
    .toSorted((first, second) => second.intensity - first.intensity)
    .slice(0, most);
  const section = strongest.map(({ time, intensity, type }: ActionMomentSection) => ({
    time: `${fixedText(time, 2)}s`,
    description: steps.find(({ above }) => intensity > above)?.description ?? otherwise,
    intensity,
    type,
  }));
  const [first] = section;
  if (first === undefined) return { section, evidence: [] };
  const reasons = strongest.map((moment, i) => ({
    text: `${section[i]?.time}: ${moment.type} of intensity ${fixedText(moment.intensity, 2)}`,
    times: [momentSpan(moment)],
  }));
  return { section, evidence: [{ conclusion: 'key-moments', value: `strongest at ${first.time}`, reasons }] };
}

const PARTS = ['first', 'second', 'last'] as const;

/** By how many scenes begin in each third of the time. */
function narrativeStructure(
  facts: InsightFacts,
  { leastScenes, fewScenes, structures, otherwise }: NarrativeRules,
): Evidence {
  const { technical, startSeconds = 0 } = facts;
  const { duration } = technical.metadata;
  const { scene_timestamps: timestamps } = technical.scene_analysis;
  const conclusion = 'narrative-structure';
  if (!hasPictures(facts)) return { conclusion, value: null, reasons: [] };
  if (timestamps.length < leastScenes) {
    const text = `${counted(timestamps.length, 'scene')}, and a structure takes ${leastScenes}`;
    return { conclusion, value: fewScenes, reasons: [{ text, times: [] }] };
  }
  if (duration === null || duration <= 0) return { conclusion, value: null, reasons: [] };
  const [second, last] = [startSeconds + duration / 3, startSeconds + (2 * duration) / 3];
  const from = (begin: number) =>
    timestamps.filter((timestamp) => timestamp >= begin - TOLERANCE_SECONDS).length;
  const [inLast, inLater] = [from(last), from(second)];
  const counts = [timestamps.length - inLater, inLater - inLast, inLast] as const;
  const changes = [changeOf(counts[0], counts[1]), changeOf(counts[1], counts[2])];
  const structure = structures.find((each) => each.changes.every((change, i) => change === changes[i]));
  const thirds: readonly Span[] = [startSeconds, second, last].map((timestamp) => ({
    timestamp,
    durationSeconds: duration / 3,
  }));
  return {
    conclusion,
    value: structure?.name ?? otherwise,
    reasons: PARTS.map((part, i) => ({
      text: `${part} third: ${counted(counts[i] ?? 0, 'scene')}`,
      times: thirds.slice(i, i + 1),
    })),
  };
}

function changeOf(before: number, after: number): SceneChange {
  if (before === after) return 'stays';
  return before < after ? 'rises' : 'falls';
}
