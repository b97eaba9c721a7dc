import type { FramePlan, MeasurementPlan, MediaInfo } from '@deepffmpeg/ffmpeg-filters';
import { mainAudio, mainVideo } from './metadata/main-streams.js';
import { pictureFrames, pictureMeasurements } from './picture/create-picture-analyser.js';
import type { ShotRule } from './shot-rule.js';
import { shotFrames } from './shots/create-shot-detector.js';
import { soundMeasurements } from './sound/create-sound-analyser.js';

/** What to decode and measure; empty lists where there is no such stream. */
export interface TechnicalPlan {
  readonly frames: readonly FramePlan[];
  readonly measurements: readonly MeasurementPlan[];
}

/**
 * What `createTechnicalAnalyser` needs of the streams that an input has, to be put beside what else one decode is to deliver.
 *
 * @param detector - without frames for shots where it is `keyframes`. By default `adaptive`.
 */
export function technicalPlan(info: MediaInfo, detector: ShotRule = 'adaptive'): TechnicalPlan {
  const hasVideo = mainVideo(info) !== undefined;
  const hasAudio = mainAudio(info) !== undefined;
  const frames = detector === 'keyframes' ? [pictureFrames] : [shotFrames, pictureFrames];
  return {
    frames: hasVideo ? frames : [],
    measurements: [...(hasVideo ? pictureMeasurements : []), ...(hasAudio ? soundMeasurements : [])],
  };
}
