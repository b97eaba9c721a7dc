import {
  type AudioSamples,
  closeable,
  type Measurement,
  parseOptions,
  type SegmenterOptions,
  type Shot,
  through,
  type VideoFrame,
} from '@deepffmpeg/core';
import { type DecodeOptions, decode, findFfmpeg, probe, shownName } from '@deepffmpeg/ffmpeg-filters';
import { createTechnicalAnalyser, type MediaMetadata, readMetadata } from '@deepffmpeg/technical';
import * as z from 'zod';
import type { MediaAnalysis } from './media-analysis.js';
import { checkParts, type MediaParts, possible } from './media-parts.js';
import { isEmpty, MediaRun } from './media-run.js';
import { PartLedger } from './part-ledger.js';

export interface AnalyseMediaOptions
  extends MediaParts,
    Pick<
      DecodeOptions,
      'signal' | 'onProgress' | 'onPartial' | 'ffmpeg' | 'formats' | 'source' | 'audioStream'
    > {
  /** From which probability on a label is reported, and so counts in averages, 0 to 1. @defaultValue 0.3 */
  readonly confidence?: number | undefined;
  /** Of labels so many at most are reported of each frame and window, and so count in averages; at least 1. @defaultValue 4 */
  readonly mostLabels?: number | undefined;
  /** As `createSegmenter` of core has them. */
  readonly segments?: Pick<SegmenterOptions, 'enter' | 'exit' | 'minSeconds'> | undefined;
  /** Length of a window of the time line, above 0; that of the sound's is in `audio`. @defaultValue 10 */
  readonly timelineSeconds?: number | undefined;
  /** Whether to make a picture of each shot. @defaultValue true */
  readonly hasThumbnails?: boolean | undefined;
}

const settingsSchema = z.strictObject({
  confidence: z.number().min(0).max(1).default(0.3),
  mostLabels: z.int().min(1).optional(),
  segments: z
    .strictObject({
      enter: z.number().min(0).max(1).optional(),
      exit: z.number().min(0).max(1).optional(),
      minSeconds: z.number().min(0).optional(),
    })
    .default({}),
  timelineSeconds: z.number().positive().default(10),
  hasThumbnails: z.boolean().default(true),
  formats: z.array(z.string()).optional(),
  source: z.string().optional(),
  audioStream: z.int().min(0).optional(),
});

/**
 * Does all analyses of an input over one decode: one ffmpeg serves the models, the shots and all measurements.
 *
 * In: a file or address; the technical part reads it a second time beside, packet by packet. A part that the input has no stream for, or that
 * fails on the way, is named in `parts` with the reason, and nothing is told of it; the others are whole. Holds what the result holds, and some
 * frames: labels, shots and thumbnails grow with the film, curves do not. Closes no model.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, also when nothing is asked for; `ERR_INPUT`, `ERR_PARTIAL_INPUT` (without `onPartial`),
 * `ERR_FFMPEG_MISSING` and `ERR_FFMPEG_EXIT` as `decode`; when all parts fail, what the first one failed with; an `AbortError`.
 */
export async function analyseMedia(
  input: string | URL,
  options: AnalyseMediaOptions = {},
): Promise<MediaAnalysis> {
  return analyseMediaWith(input, options, createTechnicalAnalyser);
}

/** @param createAnalyser - makes the stage of the technical part; tests replace it. */
export async function analyseMediaWith(
  input: string | URL,
  options: AnalyseMediaOptions,
  createAnalyser: typeof createTechnicalAnalyser,
): Promise<MediaAnalysis> {
  const { vision, audio, objects, technical = {}, ...others } = options;
  const { signal, onProgress, onPartial, ffmpeg: given, ...rest } = others;
  const parsed = parseOptions(settingsSchema, rest);
  const { source = shownName(input), formats, audioStream, hasThumbnails, ...settings } = parsed;
  const parts = { vision, audio, objects, technical };
  checkParts(parts);
  const ledger = new PartLedger(source, parts);
  const ffmpeg = given ?? (await findFfmpeg({ signal }));
  const info = await probe(input, { ffmpeg, formats, source, signal });
  const { startSeconds = 0 } = info;
  const subject = {
    source,
    info,
    parts,
    hasThumbnails,
    audioStream,
    settings: { ...settings, startSeconds, signal },
  };
  const run = new MediaRun({ ...subject, createAnalyser }, ledger);
  const plan = run.plan();

  const keyframeShots: Shot[] = [];
  const stop = new AbortController();
  const scan = async (): Promise<MediaMetadata | undefined> => {
    if (!possible(technical)) return undefined;
    const onKeyframeShot = (shot: Shot) => keyframeShots.push(shot);
    const scanSignal = AbortSignal.any([stop.signal, ...(signal ? [signal] : [])]);
    return readMetadata(input, { ffmpeg, formats, source, info, signal: scanSignal, onKeyframeShot });
  };
  const scanning = scan();
  scanning.catch(() => {}); // told when all is decoded

  let partialReason: string | undefined;
  const tellPartial = (reason: string) => {
    partialReason = reason;
    onPartial?.(reason);
  };
  async function* read(inner: AbortSignal): AsyncGenerator<VideoFrame | AudioSamples | Measurement | Shot> {
    const media = isEmpty(plan)
      ? undefined
      : decode(input, plan, {
          ...{ ffmpeg, info, formats, source, audioStream, onProgress },
          onPartial: onPartial && tellPartial,
          onMissing: (kind, reason) => run.miss(kind, reason),
          signal: inner,
        });
    const first = media?.next(); // ffmpeg starts while the keyframes are looked for
    first?.catch(() => {}); // told where it is waited for
    try {
      if (possible(technical)?.shotRule === 'keyframes') {
        await scanning.catch(() => {});
        yield* keyframeShots;
      }
      const begun = await first;
      if (media === undefined || begun === undefined || begun.done) return;
      yield begun.value;
      yield* media;
    } finally {
      await media?.return();
    }
  }
  try {
    for await (const _ of through(closeable(read, { signal }), ...run.stages()));
    const metadata = await scanning.catch((error: Error) => run.failScan(error));
    return run.result(metadata, partialReason);
  } finally {
    stop.abort(); // where all else has failed, its process ends before ours does
    await scanning.catch(() => {});
  }
}
