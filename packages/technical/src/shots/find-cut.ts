import { TOLERANCE_SECONDS } from '@deepffmpeg/core';
import { movedChange } from './moved-change.js';
import { compare, meanChange, spreadLevels } from './picture-change.js';
import type { SeenFrame } from './seen-frame.js';

/** How a cut is told. */
export type CutRule =
  | { readonly shotRule: 'content'; readonly sceneThreshold: number }
  | { readonly shotRule: 'adaptive'; readonly ratio: number };

/** Neighbours on each side that the adaptive rule compares a frame with, and the least change that it looks at, in levels. */
const NEIGHBOURS = 2;
const LEAST_CHANGE_LEVELS = 15;

/** A flash is over by then; whoever cuts back to the same picture so soon means one, too. */
const FLASH_SECONDS = 0.25;
/** How much of the picture a cut changes at least; a title that comes up leaves the rest. */
const LEAST_SHARE = 0.4;
/** Pictures are the same if they differ by less than this share of the change. */
const SAME_SHARE = 0.35;
/** And a picture has only moved if it fits so well when it is moved back. */
const MOVED_SHARE = 0.5;
/** How many frames behind a cut must be known, at most. */
export const CUT_LOOK_AHEAD = 16;

/**
 * How strongly a cut shows between a frame and the one before, in the rule's measure; undefined where there is none.
 *
 * Content: ffmpeg's scene score. Adaptive: the change against the mean of its neighbours'. No cut is a picture
 * that goes on changing as fast (a pan), comes back (a flash), has only moved (a jolt)
 * or remains for the most part (a title).
 *
 * @param frames Some before and behind it, as many as there are.
 * @see https://www.scenedetect.com/docs/latest/api/detectors.html AdaptiveDetector, whose defaults these are
 */
export function findCut(frames: readonly SeenFrame[], at: number, rule: CutRule): number | undefined {
  const [before, frame] = [frames[at - 1], frames[at]];
  if (before === undefined || frame === undefined) return undefined;
  const strength = rule.shotRule === 'content' ? frame.sceneScore : ratioOf(frames, at, frame);
  const least = rule.shotRule === 'content' ? rule.sceneThreshold : rule.ratio;
  if (strength < least) return undefined;
  if (compare(before.data, frame.data).changedShare < LEAST_SHARE) return undefined;
  if (goesOn(frames, at, frame) || comesBack(frames, at, before, frame)) return undefined;
  return hasMoved(before, frame) ? undefined : strength;
}

/** So that a change out of stillness is a number. */
const MOST_RATIO = 255;

function ratioOf(frames: readonly SeenFrame[], at: number, { changeLevels }: SeenFrame): number {
  if (changeLevels < LEAST_CHANGE_LEVELS) return 0;
  const around = frames
    .slice(Math.max(0, at - NEIGHBOURS), at + NEIGHBOURS + 1)
    .filter((_, i) => i !== Math.min(at, NEIGHBOURS));
  const mean = around.reduce((sum, neighbour) => sum + neighbour.changeLevels, 0) / around.length;
  return Math.min(MOST_RATIO, changeLevels / mean);
}

function goesOn(frames: readonly SeenFrame[], at: number, { changeLevels }: SeenFrame): boolean {
  const next = frames.slice(at + 1, at + 1 + NEIGHBOURS);
  return next.length === NEIGHBOURS && next.every((frame) => frame.changeLevels >= changeLevels / 2);
}

/**
 * A picture that moves keeps its mean colour, so it changes by no more than the two spreads together. One that changes by more has other
 * colours, however well its green fits: red and blue grounds have the same.
 */
function hasMoved(before: SeenFrame, frame: SeenFrame): boolean {
  if (frame.changeLevels > spreadLevels(before.data) + spreadLevels(frame.data)) return false;
  return movedChange(before, frame) < frame.changeLevels * MOVED_SHARE;
}

/** Whether a picture from before the change follows soon, or one like that after the change went shortly before. */
function comesBack(frames: readonly SeenFrame[], at: number, before: SeenFrame, frame: SeenFrame): boolean {
  const isNear = ({ timestamp }: SeenFrame) =>
    Math.abs(timestamp - frame.timestamp) <= FLASH_SECONDS + TOLERANCE_SECONDS;
  const isLike = (other: SeenFrame) => (seen: SeenFrame) =>
    meanChange(other.data, seen.data) < frame.changeLevels * SAME_SHARE;
  const after = frames.slice(at + 1, at + CUT_LOOK_AHEAD).filter(isNear);
  const first = Math.max(0, at - CUT_LOOK_AHEAD);
  const earlier = frames.slice(first, at - 1).filter((_, i) => isNear(frames[first + i + 1]!)); // shown until the next
  return after.some(isLike(before)) || earlier.some(isLike(frame));
}
