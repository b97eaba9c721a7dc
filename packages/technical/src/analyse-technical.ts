import { MediaError, parallel, parseOptions, type Shot, through } from '@deepffmpeg/core';
import {
  type DecodeOptions,
  type DecodePlan,
  decode,
  findFfmpeg,
  type MediaInfo,
  probe,
} from '@deepffmpeg/ffmpeg-filters';
import * as z from 'zod';
import { type ProductionMeasures, type ProductionValue, rateProduction } from './hints/rate-production.js';
import { type SystemHints, systemHints } from './hints/system-hints.js';
import { mainAudio, mainVideo } from './metadata/main-streams.js';
import { type MediaMetadata, readMetadata } from './metadata/read-metadata.js';
import {
  createPictureAnalyser,
  pictureFrames,
  pictureMeasurements,
} from './picture/create-picture-analyser.js';
import type { PictureSummary } from './picture/picture-summary.js';
import { createShotDetector, shotFrames } from './shots/create-shot-detector.js';
import { type ActionMoment, createActionFinder } from './sound/create-action-finder.js';
import { createSoundAnalyser, soundMeasurements } from './sound/create-sound-analyser.js';
import { sceneMoments } from './sound/scene-moments.js';
import type { SoundSummary } from './sound/sound-summary.js';
import type { TechnicalEvent } from './technical-event.js';

/** How shots are found: `keyframes` without decoding, by the original's rule. */
export type ShotRule = 'adaptive' | 'content' | 'keyframes';

export interface TechnicalOptions
  extends Pick<DecodeOptions, 'signal' | 'onProgress' | 'onPartial' | 'ffmpeg' | 'formats' | 'source'> {
  /** @defaultValue 'adaptive'; with `isFast` 'keyframes' */
  readonly detector?: ShotRule;
  /** Least scene score of a cut, for `content`, above 0 to 1. @defaultValue 0.3 */
  readonly sceneThreshold?: number;
  /** Reads what the file says of itself and its keyframes, and decodes nothing. @defaultValue false */
  readonly isFast?: boolean;
}

/** All that is known of an input technically. What it does not have, or was not looked at, is undefined. */
export interface TechnicalAnalysis {
  readonly source: string;
  readonly metadata: MediaMetadata;
  readonly detector: ShotRule;
  readonly shots: readonly Shot[];
  readonly events: readonly TechnicalEvent[];
  readonly sound: SoundSummary | undefined;
  readonly actionMoments: readonly ActionMoment[];
  readonly picture: PictureSummary | undefined;
  readonly hints: SystemHints;
  readonly production: ProductionValue;
}

const settingsSchema = z.strictObject({
  detector: z.enum(['adaptive', 'content', 'keyframes']).optional(),
  sceneThreshold: z.number().gt(0).max(1).optional(),
  isFast: z.boolean().default(false),
  source: z.string().optional(),
  formats: z.array(z.string()).optional(),
});

/**
 * Analyses an input: what it says of itself, its shots, sound and pictures, in one decode.
 *
 * Reads a file or address twice, once packet by packet and once decoding, side by side. Holds its shots, events and moments.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, `ERR_INPUT` (no media, or neither picture nor sound), `ERR_PARTIAL_INPUT` without `onPartial`,
 * `ERR_FFMPEG_MISSING`, `ERR_FFMPEG_EXIT`; an `AbortError`.
 */
export async function analyseTechnical(
  input: string | URL,
  { signal, onProgress, onPartial, ffmpeg: given, ...settings }: TechnicalOptions = {},
): Promise<TechnicalAnalysis> {
  const {
    isFast,
    detector = isFast ? 'keyframes' : 'adaptive',
    sceneThreshold,
    source = String(input),
    formats,
  } = parseOptions(settingsSchema, settings);
  refuseContradictions({ isFast, detector, sceneThreshold });
  const ffmpeg = given ?? (await findFfmpeg({ signal }));
  const place = { ffmpeg, formats, signal };
  const info = await probe(input, place);
  const keyframeShots: Shot[] = [];
  const onKeyframeShot = (shot: Shot) => keyframeShots.push({ ...shot, source });
  const scanning = readMetadata(input, { ...place, info, onKeyframeShot });
  const found = new Findings();
  const plan = isFast ? undefined : planOf(info, detector);
  try {
    if (plan) {
      const media = decode(input, plan, { ...place, info, source, onProgress, onPartial });
      const { durationSeconds = 0, startSeconds = 0 } = info;
      const content = { detector: 'content', threshold: sceneThreshold } as const;
      const analysed = through(
        media,
        parallel(
          createShotDetector({ ...(detector === 'content' ? content : {}), signal }),
          createPictureAnalyser({ signal }),
          createSoundAnalyser({ signal }),
          createActionFinder({ durationSeconds, startSeconds, signal }),
        ),
      );
      for await (const chunk of analysed) found.add(chunk);
    }
  } finally {
    await scanning.catch(() => {}); // its process ends before ours does
  }
  const metadata = await scanning;
  const shots = detector === 'keyframes' ? keyframeShots : found.shots;
  const { events, sound, picture, moments } = found;
  return {
    source,
    metadata,
    detector,
    shots,
    events: events.toSorted((a, b) => a.timestamp - b.timestamp),
    sound,
    actionMoments: sound && moments.length === 0 ? sceneMoments(shots, info.startSeconds) : moments,
    picture,
    hints: systemHints(info),
    production: rateProduction(measuresOf(info, events, sound, picture)),
  };
}

function refuseContradictions({
  isFast,
  detector,
  sceneThreshold,
}: Pick<TechnicalOptions, 'isFast' | 'detector' | 'sceneThreshold'>) {
  if (isFast && detector !== 'keyframes')
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      `detector ${detector} needs frames, and isFast decodes none: take keyframes`,
    );
  if (sceneThreshold !== undefined && detector === 'adaptive')
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      'sceneThreshold is of the detector content; adaptive goes by what lies around a cut',
    );
}

/** What to decode and measure of the streams that there are; nothing without any. */
function planOf(info: MediaInfo, detector: ShotRule): Omit<DecodePlan, 'scores'> | undefined {
  const [hasVideo, hasAudio] = [mainVideo(info) !== undefined, mainAudio(info) !== undefined];
  if (!hasVideo && !hasAudio) return undefined;
  return {
    ...(hasVideo && { frames: detector === 'keyframes' ? [pictureFrames] : [shotFrames, pictureFrames] }),
    measurements: [...(hasVideo ? pictureMeasurements : []), ...(hasAudio ? soundMeasurements : [])],
  };
}

type Told = Shot | TechnicalEvent | ActionMoment | SoundSummary | PictureSummary;

/** What the stages told. */
class Findings {
  readonly shots: Shot[] = [];
  readonly events: TechnicalEvent[] = [];
  readonly moments: ActionMoment[] = [];
  sound: SoundSummary | undefined;
  picture: PictureSummary | undefined;

  add(told: Told | { readonly type: 'video-frame' | 'audio-samples' | 'measurement' }): void {
    if (told.type === 'shot') this.shots.push(told);
    if (told.type === 'technical-event') this.events.push(told);
    if (told.type === 'action-moment') this.moments.push(told);
    if (told.type === 'sound-summary') this.sound = told;
    if (told.type === 'picture-summary') this.picture = told;
  }
}

function measuresOf(
  info: MediaInfo,
  events: readonly TechnicalEvent[],
  sound: SoundSummary | undefined,
  picture: PictureSummary | undefined,
): ProductionMeasures {
  const video = mainVideo(info);
  const secondsOf = (...kinds: TechnicalEvent['kind'][]) =>
    events.reduce((sum, event) => sum + (kinds.includes(event.kind) ? event.durationSeconds : 0), 0);
  return {
    shortSide: video && Math.min(video.width, video.height),
    bitDepth: video?.bitDepth,
    blur: picture?.edgeWidthPixels,
    blockiness: picture?.blockiness,
    badExposureShare: picture && shareOf(secondsOf('underexposed', 'overexposed'), picture.durationSeconds),
    interlacedShare: picture?.interlacedShare,
    sampleRate: mainAudio(info)?.sampleRate,
    loudnessLufs: sound?.integratedLufs,
    truePeakDb: sound?.integratedLufs === undefined ? undefined : sound.truePeakDb, // silence is no merit
    clippedShare: sound && shareOf(sound.clippedSeconds, sound.durationSeconds),
    noiseFloorDb: sound?.noiseFloorDb,
  };
}

const shareOf = (seconds: number, all: number) => (all > 0 ? seconds / all : undefined);
