import type { Shot } from '@deepffmpeg/core';
import { findVideoStream, type MediaInfo } from '@deepffmpeg/ffmpeg-filters';
import type { ShotRule } from '../shot-rule.js';

/** Scenes as the original counts them: when each begins, and by what they were found. */
export interface Scenes {
  /** Seconds. */
  readonly timestamps: readonly number[];
  readonly method: 'showinfo' | 'content' | 'adaptive' | 'fallback';
}

/**
 * Takes shots for scenes. The original has those of `keyframeShots`, and calls them `showinfo`, after the filter that it finds them by;
 * without any, markers at even distances where the input has pictures and is longer than 10 s.
 */
export function scenesOf(
  shots: readonly Pick<Shot, 'timestamp'>[],
  shotRule: ShotRule,
  info: Pick<MediaInfo, 'streams' | 'startSeconds' | 'durationSeconds'>,
): Scenes {
  if (shots.length === 0)
    return { timestamps: findVideoStream(info) ? evenMarkers(info) : [], method: 'fallback' };
  const timestamps = shots.map(({ timestamp }) => timestamp);
  return { timestamps, method: shotRule === 'keyframes' ? 'showinfo' : shotRule };
}

/** One for each 10 s, from 5 to 20 of them, the first where the input begins. */
function evenMarkers({
  startSeconds = 0,
  durationSeconds = 0,
}: Pick<MediaInfo, 'startSeconds' | 'durationSeconds'>): number[] {
  if (durationSeconds <= 10) return [];
  const count = Math.max(5, Math.min(20, Math.floor(durationSeconds / 10)));
  return Array.from({ length: count }, (_, i) => startSeconds + (i * durationSeconds) / count);
}
