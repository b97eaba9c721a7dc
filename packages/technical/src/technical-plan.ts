import {
  type FramePlan,
  findAudioStream,
  findVideoStream,
  type MeasurementPlan,
  type MediaInfo,
} from '@deepffmpeg/ffmpeg-filters';
import { pictureFrames, pictureMeasurements } from './picture/create-picture-analyser.js';
import type { ShotRule } from './shot-rule.js';
import { shotFrames } from './shots/create-shot-detector.js';
import { levelMeasurements, soundMeasurements } from './sound/create-sound-analyser.js';

/** What to decode and measure; empty lists where there is no such stream. */
export interface TechnicalPlan {
  readonly frames: readonly FramePlan[];
  readonly measurements: readonly MeasurementPlan[];
}

export interface TechnicalPlanOptions {
  /** Without frames for shots where it is `keyframes`. @defaultValue 'adaptive' */
  readonly shotRule?: ShotRule | undefined;
  /** Whether to measure of the sound only levels and silences, of pictures nothing but shots: what conclusions rest on. @defaultValue false */
  readonly isLevelsOnly?: boolean | undefined;
}

/** What `createTechnicalAnalyser` needs of the streams that an input has, to be put beside what else one decode is to deliver. */
export function technicalPlan(
  info: MediaInfo,
  { shotRule = 'adaptive', isLevelsOnly = false }: TechnicalPlanOptions = {},
): TechnicalPlan {
  const hasVideo = findVideoStream(info) !== undefined;
  const hasAudio = findAudioStream(info) !== undefined;
  const shots = shotRule === 'keyframes' ? [] : [shotFrames];
  const sound = isLevelsOnly ? levelMeasurements : soundMeasurements;
  return {
    frames: hasVideo ? [...shots, ...(isLevelsOnly ? [] : [pictureFrames])] : [],
    measurements: [...(hasVideo && !isLevelsOnly ? pictureMeasurements : []), ...(hasAudio ? sound : [])],
  };
}
