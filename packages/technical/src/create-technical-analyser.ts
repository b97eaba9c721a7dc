import {
  type Measurement,
  MediaError,
  parallel,
  parseOptions,
  type Shot,
  type Stage,
  type StageOptions,
  type VideoFrame,
} from '@deepffmpeg/core';
import type { MediaInfo } from '@deepffmpeg/ffmpeg-filters';
import * as z from 'zod';
import { createPictureAnalyser } from './picture/create-picture-analyser.js';
import type { PictureSummary } from './picture/picture-summary.js';
import type { ShotRule } from './shot-rule.js';
import { createShotDetector } from './shots/create-shot-detector.js';
import { type ActionMoment, createActionFinder } from './sound/create-action-finder.js';
import { createSoundAnalyser } from './sound/create-sound-analyser.js';
import type { SoundSummary } from './sound/sound-summary.js';
import type { TechnicalEvent } from './technical-event.js';

/** What a technical analyser tells. */
export type TechnicalFinding = Shot | TechnicalEvent | ActionMoment | SoundSummary | PictureSummary;

export interface TechnicalAnalyserOptions extends StageOptions {
  /** Of the input, from `probe`. */
  readonly info: MediaInfo;
  /** With `keyframes` it looks for no shots: `readMetadata` tells them. @defaultValue 'adaptive' */
  readonly shotRule?: ShotRule | undefined;
  /** Least scene score of a cut, for `content`, above 0 to 1. @defaultValue 0.3 */
  readonly sceneThreshold?: number | undefined;
}

const settingsSchema = z.strictObject({
  shotRule: z.enum(['adaptive', 'content', 'keyframes']).default('adaptive'),
  sceneThreshold: z.number().gt(0).max(1).optional(),
});

/**
 * Makes one stage of all that looks at one input technically: shots, faults of picture and sound, moments of action.
 *
 * In: frames and measurements as `technicalPlan` asks for them. Out: shots, each some 100 frames late; events, each when it is over; at the
 * end moments, and summaries of sound and picture. `makeTechnicalAnalysis` puts them together. Holds some hundred small frames, and the moments.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, at once.
 */
export function createTechnicalAnalyser(
  options: TechnicalAnalyserOptions,
): Stage<VideoFrame | Measurement, TechnicalFinding> {
  const { info, signal, highWaterMark, idleMs, ...settings } = options;
  const { shotRule, sceneThreshold } = parseOptions(settingsSchema, settings);
  refuseIdleThreshold(shotRule, sceneThreshold);
  const { durationSeconds, startSeconds = 0 } = info;
  const stage = { signal, highWaterMark, idleMs };
  const analysers = [
    createPictureAnalyser(stage),
    createSoundAnalyser(stage),
    createActionFinder({ durationSeconds, startSeconds, ...stage }),
  ] as const;
  if (shotRule === 'keyframes') return parallel(...analysers);
  const shots = createShotDetector({
    ...(shotRule === 'content' ? { shotRule, sceneThreshold } : {}),
    ...stage,
  });
  return parallel(shots, ...analysers);
}

/** @throws {MediaError} `ERR_INVALID_OPTIONS` for a threshold that the rule does not go by */
export function refuseIdleThreshold(shotRule: ShotRule, sceneThreshold: number | undefined): void {
  if (sceneThreshold === undefined || shotRule === 'content') return;
  const goesBy = { adaptive: 'what lies around a cut', keyframes: 'the choice of the encoder' }[shotRule];
  throw new MediaError(
    'ERR_INVALID_OPTIONS',
    `sceneThreshold is of the shotRule content; ${shotRule} goes by ${goesBy}`,
  );
}
