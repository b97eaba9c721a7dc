import type { Shot } from '@deepffmpeg/core';

/** Scenes as the original counts them: when each begins, and by what they were found. */
export interface Scenes {
  /** Seconds. */
  readonly timestamps: readonly number[];
  readonly method: 'showinfo' | 'content' | 'adaptive' | 'fallback';
}

/**
 * Takes shots for scenes. The original has those of `keyframeShots`, and calls them `showinfo`, after the filter that it finds them by;
 * without any, markers at even distances where the input is longer than 10 s.
 */
export function scenesOf(
  shots: readonly Pick<Shot, 'timestamp'>[],
  detector: 'keyframes' | 'content' | 'adaptive',
  durationSeconds: number | undefined,
): Scenes {
  if (shots.length === 0) return { timestamps: evenMarkers(durationSeconds ?? 0), method: 'fallback' };
  const timestamps = shots.map(({ timestamp }) => timestamp);
  return { timestamps, method: detector === 'keyframes' ? 'showinfo' : detector };
}

/** One for each 10 s, from 5 to 20 of them, the first at 0. */
function evenMarkers(durationSeconds: number): number[] {
  if (durationSeconds <= 10) return [];
  const count = Math.max(5, Math.min(20, Math.floor(durationSeconds / 10)));
  return Array.from({ length: count }, (_, i) => (i * durationSeconds) / count);
}
