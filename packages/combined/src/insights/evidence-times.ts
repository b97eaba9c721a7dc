import type { AverageRow } from '@deepffmpeg/core';
import type { ActionMomentSection, AudioSection } from '@deepffmpeg/technical';
import { fixedText } from '../document/fixed-text.js';
import type { Reason, Span } from './evidence.js';
import type { InsightFacts } from './insight-facts.js';

export const MOST_TIMES = 5;

/** A reason by a row: how probable, how often, and where it held. */
export function labelReason(row: AverageRow, facts: InsightFacts, more?: string): Reason {
  const { label, modality, probability, count } = row;
  const unit = modality === 'vision' ? 'frame' : 'window';
  const numbers = `${fixedText(probability, 2)} in ${counted(count, unit)}`;
  return {
    text: `${label}: ${numbers}${more === undefined ? '' : `, ${more}`}`,
    label,
    modality,
    times: labelTimes(row, facts),
  };
}

/** When a label held, of the input as a whole: not of one object in it. */
function labelTimes({ label, modality }: AverageRow, { segments = [] }: InsightFacts): Span[] {
  return segments
    .filter(
      (segment) => segment.label === label && segment.modality === modality && segment.trackId === undefined,
    )
    .toSorted((first, second) => second.probability - first.probability)
    .slice(0, MOST_TIMES)
    .map(spanOf);
}

/** A moment is the middle of what was heard. */
export function momentSpan({ time, duration }: ActionMomentSection): Span {
  const durationSeconds = duration ?? 0;
  return { timestamp: time - durationSeconds / 2, durationSeconds };
}

/** Conclusions know of no moments but those that are listed, which are the original's first 15. Undefined where these are all. */
export function unlistedNote({ action_moments: listed, action_moment_count: count }: AudioSection) {
  if (listed.length === 0 || count <= listed.length) return undefined;
  return `only the first ${listed.length} of ${counted(count, 'moment')} count, by the original's rule`;
}

/** Scenes, each up to the next; the last ends with its shot, or with the input. */
export function sceneSpans({ technical, shots, startSeconds = 0 }: InsightFacts): Span[] {
  const { scene_timestamps: timestamps } = technical.scene_analysis;
  // Those of another run would put scenes elsewhere.
  if (shots?.length === timestamps.length && shots.every(({ timestamp }, i) => timestamp === timestamps[i]))
    return shots.map(spanOf);
  const { duration } = technical.metadata;
  const end = duration === null ? (timestamps.at(-1) ?? 0) : startSeconds + duration;
  return timestamps.map((timestamp, i) => ({
    timestamp,
    durationSeconds: Math.max(0, (timestamps[i + 1] ?? end) - timestamp),
  }));
}

export const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

const spanOf = ({ timestamp, durationSeconds }: Span): Span => ({ timestamp, durationSeconds });
