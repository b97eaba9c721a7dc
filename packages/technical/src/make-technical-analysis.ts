import type { Shot } from '@deepffmpeg/core';
import { findAudioStream, findVideoStream, type MediaInfo } from '@deepffmpeg/ffmpeg-filters';
import type { TechnicalFinding } from './create-technical-analyser.js';
import { type ProductionMeasures, type ProductionValue, rateProduction } from './hints/rate-production.js';
import { type SystemHints, systemHints } from './hints/system-hints.js';
import type { MediaMetadata } from './metadata/read-metadata.js';
import type { PictureSummary } from './picture/picture-summary.js';
import type { ShotRule } from './shot-rule.js';
import type { ActionMoment } from './sound/create-action-finder.js';
import { sceneMoments } from './sound/scene-moments.js';
import type { SoundSummary } from './sound/sound-summary.js';
import type { TechnicalEvent } from './technical-event.js';

/** All that is known of an input technically. What it does not have, or was not looked at, is undefined. */
export interface TechnicalAnalysis {
  readonly source: string;
  readonly metadata: MediaMetadata;
  readonly shotRule: ShotRule;
  /** Whether faults were not looked for, so that no events do not mean none. */
  readonly isLevelsOnly: boolean;
  readonly shots: readonly Shot[];
  readonly events: readonly TechnicalEvent[];
  readonly sound: SoundSummary | undefined;
  readonly actionMoments: readonly ActionMoment[];
  readonly picture: PictureSummary | undefined;
  readonly hints: SystemHints;
  readonly production: ProductionValue;
}

/** What an analysis is of. */
export interface TechnicalSubject {
  readonly source: string;
  /** From `readMetadata`. */
  readonly metadata: MediaMetadata;
  /** What the shots were found by. */
  readonly shotRule: ShotRule;
  /** Whether faults, loudness and pictures were left out, as by `technicalPlan`. @defaultValue false */
  readonly isLevelsOnly?: boolean | undefined;
  /** Place among all streams of the sound that was measured. @defaultValue as `findAudioStream` chooses */
  readonly audioStream?: number | undefined;
}

/**
 * Puts together what was found of one input, and what follows from it.
 *
 * @param findings - what `createTechnicalAnalyser` told; with the rule `keyframes` also the shots that `readMetadata` told.
 */
export function makeTechnicalAnalysis(
  findings: readonly TechnicalFinding[],
  { source, metadata, shotRule, isLevelsOnly = false, audioStream }: TechnicalSubject,
): TechnicalAnalysis {
  const { info } = metadata;
  const shots = findings.filter((finding): finding is Shot => finding.type === 'shot');
  const events = findings.filter((finding): finding is TechnicalEvent => finding.type === 'technical-event');
  const moments = findings.filter((finding): finding is ActionMoment => finding.type === 'action-moment');
  const sound = findings.find((finding) => finding.type === 'sound-summary');
  const picture = findings.find((finding) => finding.type === 'picture-summary');
  return {
    source,
    metadata,
    shotRule,
    isLevelsOnly,
    shots,
    events: events.toSorted((a, b) => a.timestamp - b.timestamp),
    sound,
    actionMoments: sound && moments.length === 0 ? sceneMoments(shots) : moments,
    picture,
    hints: systemHints(info, audioStream),
    production: rateProduction(measuresOf(info, audioStream, events, sound, picture)),
  };
}

function measuresOf(
  info: MediaInfo,
  audioStream: number | undefined,
  events: readonly TechnicalEvent[],
  sound: SoundSummary | undefined,
  picture: PictureSummary | undefined,
): ProductionMeasures {
  const video = findVideoStream(info);
  const secondsOf = (...kinds: TechnicalEvent['kind'][]) =>
    events.reduce((sum, event) => sum + (kinds.includes(event.kind) ? event.durationSeconds : 0), 0);
  return {
    shortSide: video && Math.min(video.width, video.height),
    bitDepth: video?.bitDepth,
    edgeWidthPixels: picture?.edgeWidthPixels,
    blockiness: picture?.blockiness,
    badExposureShare: picture && shareOf(secondsOf('underexposed', 'overexposed'), picture.durationSeconds),
    interlacedShare: picture?.interlacedShare,
    sampleRate: findAudioStream(info, audioStream)?.sampleRate,
    integratedLufs: sound?.integratedLufs,
    truePeakDb: sound?.integratedLufs === undefined ? undefined : sound.truePeakDb, // silence is no merit
    clippedShare: sound && shareOf(sound.clippedSeconds, sound.durationSeconds),
    noiseFloorDb: sound?.noiseFloorDb,
  };
}

const shareOf = (seconds: number, all: number) => (all > 0 ? seconds / all : undefined);
