import { type AnyStage, chain, MediaError, parallel, tolerate } from '@deepffmpeg/core';
import {
  type DecodePlan,
  type FramePlan,
  findAudioStream,
  findVideoStream,
  type MediaInfo,
} from '@deepffmpeg/ffmpeg-filters';
import {
  type createTechnicalAnalyser,
  type MediaMetadata,
  makeTechnicalAnalysis,
  type TechnicalFinding,
  technicalPlan,
} from '@deepffmpeg/technical';
import { type CurveChunk, createCurveSampler } from './create-curve-sampler.js';
import { createSink } from './create-sink.js';
import { createThumbnailer, type ThumbnailChunk, thumbnailFrames } from './create-thumbnailer.js';
import type { Curve, IntervalScores, MediaAnalysis, PartName, ShotThumbnail } from './media-analysis.js';
import { type MediaParts, possible, seesShots } from './media-parts.js';
import type { PartLedger } from './part-ledger.js';
import {
  audioSamples,
  type Found,
  findingStage,
  hearingStage,
  type OutcomeSettings,
  objectFrames,
  seeingStage,
  visionFrames,
} from './part-stages.js';

/** The input, and how to look at it. */
export interface MediaSubject {
  readonly source: string;
  readonly info: MediaInfo;
  readonly parts: MediaParts;
  readonly hasThumbnails: boolean;
  /** Place among all streams; undefined for the one that `decode` chooses. */
  readonly audioStream: number | undefined;
  readonly settings: OutcomeSettings;
  readonly createAnalyser: typeof createTechnicalAnalyser;
}

/** Whether a plan asks for nothing. */
export const isEmpty = (plan: object): boolean => Object.values(plan).every(({ length }) => length === 0);

/** One analysis: what to decode, the stages that it goes through, and what they find. */
export class MediaRun {
  readonly #subject: MediaSubject;
  readonly #ledger: PartLedger;
  readonly #findings: TechnicalFinding[] = [];
  readonly #found: Readonly<Record<'vision' | 'audio' | 'objects', Found[]>> = {
    vision: [],
    audio: [],
    objects: [],
  };
  readonly #curves: CurveChunk[] = [];
  readonly #thumbnails: ThumbnailChunk[] = [];

  constructor(subject: MediaSubject, ledger: PartLedger) {
    this.#subject = subject;
    this.#ledger = ledger;
  }

  /** Empty where what is asked for needs no decoding. @throws {MediaError} `ERR_INPUT` when the input has nothing to analyse */
  plan(): Omit<DecodePlan, 'scores'> {
    const { source, info, parts } = this.#subject;
    const [technical, vision, objects] = [this.#technical, possible(parts.vision), possible(parts.objects)];
    const audio = possible(parts.audio);
    const measured = technical && technicalPlan(info, technical);
    const plan = {
      frames: [
        ...(measured?.frames ?? []),
        ...(vision ? [visionFrames(vision)] : []),
        ...(objects ? [objectFrames(objects)] : []),
        ...this.#thumbnailFrames(),
      ],
      audio: audio ? [audioSamples(audio)] : [],
      measurements: measured?.measurements ?? [],
    };
    const hasMedia = findVideoStream(info) !== undefined || findAudioStream(info) !== undefined;
    if (isEmpty(plan) && !(technical && hasMedia))
      throw new MediaError('ERR_INPUT', `${source} has neither pictures nor sound`);
    return plan;
  }

  /** What all that is decoded goes through, in this order; nothing comes out that matters. */
  stages(): AnyStage[] {
    return [this.#technicalStages(), this.#partStages()].flatMap(([first, ...others]) =>
      first ? [parallel(first, ...others)] : [],
    );
  }

  /** Ends a part, and what cannot be without it. @throws the error, when no part is left */
  fail(part: PartName, error: Error): void {
    const { parts } = this.#subject;
    this.#ledger.fail(part, error);
    if (part === 'technical' && seesShots(parts) && this.#ledger.isOpen('vision'))
      this.#ledger.fail(
        'vision',
        error,
        `its shots are missing, as the technical part failed: ${error.message}`,
      );
  }

  /** Ends the technical part, whose look at the packets failed. */
  failScan(error: Error): undefined {
    if (error.name === 'AbortError') throw error;
    if (this.#ledger.isOpen('technical')) this.fail('technical', error);
  }

  /** Ends the parts that need such a stream, and tells what was not measured of one that was asked for. @throws {MediaError} when no part is left */
  miss(kind: 'video' | 'audio', reason: string): void {
    for (const part of kind === 'audio' ? (['audio'] as const) : (['vision', 'objects'] as const))
      this.#ledger.miss(part, reason);
    const { info } = this.#subject;
    if (kind === 'audio' && this.#technical && findAudioStream(info) !== undefined)
      this.#ledger.lack('technical', `no sound was measured: ${reason}`);
  }

  /** @param metadata - undefined where the technical part was not done */
  result(metadata: MediaMetadata | undefined, partialReason: string | undefined): MediaAnalysis {
    const { source, info, parts, audioStream } = this.#subject;
    const { shotRule = 'adaptive', isLevelsOnly } = possible(parts.technical) ?? {};
    const isTechnical = this.#ledger.isOpen('technical') && metadata !== undefined;
    const found = (['vision', 'audio', 'objects'] as const).flatMap((part) =>
      this.#ledger.isOpen(part) ? this.#found[part] : [],
    );
    const intervals = found.filter((each) => each.type === 'interval-scores');
    const scoresOf = (kind: 'shot' | 'window') =>
      intervals.flatMap(({ type, source, interval, ...scores }): IntervalScores[] =>
        interval === kind ? [scores] : [],
      );
    return {
      source,
      info,
      audioStream: findAudioStream(info, audioStream)?.index,
      parts: this.#ledger.outcomes(),
      technical: isTechnical
        ? makeTechnicalAnalysis(this.#findings, { source, metadata, shotRule, isLevelsOnly, audioStream })
        : undefined,
      averages: found.filter((each) => each.type === 'label-average'),
      segments: found.filter((each) => each.type === 'segment').toSorted((a, b) => a.timestamp - b.timestamp),
      objects: found.filter((each) => each.type === 'object-count'),
      tracks: found.filter((each) => each.type === 'track'),
      timeline: { shots: isTechnical ? scoresOf('shot') : [], windows: scoresOf('window') },
      curves: isTechnical ? this.#curves.map(({ type, source, ...curve }): Curve => curve) : [],
      thumbnails: isTechnical
        ? this.#thumbnails.map(({ type, source, ...thumbnail }): ShotThumbnail => thumbnail)
        : [],
      soundShares: found.find((each) => each.type === 'sound-shares')?.shares,
      partialReason,
    };
  }

  get #technical() {
    return possible(this.#subject.parts.technical);
  }

  #thumbnailFrames(): FramePlan[] {
    const { info, hasThumbnails } = this.#subject;
    const video = findVideoStream(info);
    return this.#technical && hasThumbnails && video ? [thumbnailFrames(video)] : [];
  }

  /** Shots go on, since others wait for them. */
  #technicalStages(): AnyStage[] {
    if (!this.#technical) return [];
    const { info, settings, createAnalyser } = this.#subject;
    const { signal } = settings;
    const { shotRule, sceneThreshold } = this.#technical;
    const analyser = createAnalyser({ info, shotRule, sceneThreshold, signal });
    const kinds = ['shot', 'technical-event', 'action-moment', 'sound-summary', 'picture-summary'] as const;
    return [
      chain(
        this.#tolerate('technical', analyser),
        createSink<TechnicalFinding>(kinds, this.#findings, {
          signal,
          passes: ({ type }) => type === 'shot',
        }),
      ),
      chain(createCurveSampler({ signal }), createSink<CurveChunk>(['curve'], this.#curves, { signal })),
    ];
  }

  #partStages(): AnyStage[] {
    const { parts, settings } = this.#subject;
    const { signal } = settings;
    const [vision, audio, objects] = [possible(parts.vision), possible(parts.audio), possible(parts.objects)];
    const pictures = chain(
      // A picture that cannot be made is no reason to do without the rest.
      tolerate(createThumbnailer({ signal }), ({ message }) =>
        this.#ledger.lack('technical', `shots have no picture from there on: ${message}`),
      ),
      createSink<ThumbnailChunk>(['shot-thumbnail'], this.#thumbnails, { signal }),
    );
    return [
      ...(vision ? [this.#tolerate('vision', seeingStage(vision, this.#found.vision, settings))] : []),
      ...(audio ? [this.#tolerate('audio', hearingStage(audio, this.#found.audio, settings))] : []),
      ...(objects ? [this.#tolerate('objects', findingStage(objects, this.#found.objects, settings))] : []),
      ...(this.#thumbnailFrames().length > 0 ? [pictures] : []),
    ];
  }

  #tolerate(part: PartName, stage: AnyStage): AnyStage {
    return tolerate(stage, (error) => this.fail(part, error));
  }
}
