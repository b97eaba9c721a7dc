import type { VideoFrame } from '@deepffmpeg/core';
import { meanChange } from './picture-change.js';

/** A frame and how it differs from the one before. */
export interface SeenFrame {
  readonly index: number;
  readonly timestamp: number;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
  /** Mean change from the frame before, in levels, 0 to 255; 0 for the first. */
  readonly changeLevels: number;
  /** ffmpeg's scene score, 0 to 1: how much stronger the change is than the one before. */
  readonly sceneScore: number;
  readonly isBlack: boolean;
}

/** @see `get_scene_score` of ffmpeg's libavfilter/f_select.c */
export function seeFrame(
  { index, timestamp, width, height, data }: VideoFrame,
  before: SeenFrame | undefined,
): SeenFrame {
  const changeLevels = before === undefined ? 0 : meanChange(before.data, data);
  const rise = Math.abs(changeLevels - (before?.changeLevels ?? 0));
  const sceneScore = Math.min(1, Math.min(changeLevels, rise) / 100);
  return { index, timestamp, width, height, data, changeLevels, sceneScore, isBlack: isBlack(data) };
}

/** As blackdetect has it: at least 98 % of the pixels within 10 % of black. */
const BLACK_LEVEL = 25;
const BLACK_SHARE = 0.98;

function isBlack(data: Uint8Array): boolean {
  const mostBright = data.length * (1 - BLACK_SHARE);
  let bright = 0;
  for (const level of data) {
    if (level > BLACK_LEVEL) bright++;
    if (bright > mostBright) return false;
  }
  return true;
}

export function meanLevel(data: Uint8Array): number {
  let sum = 0;
  for (const level of data) sum += level;
  return sum / data.length;
}
