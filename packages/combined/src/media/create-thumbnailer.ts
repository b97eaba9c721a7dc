import {
  createStage,
  parseOptions,
  type Shot,
  type Stage,
  type StageOptions,
  type VideoFrame,
} from '@deepffmpeg/core';
import { formatPicture } from '@deepffmpeg/detect';
import type { FramePlan, VideoStreamInfo } from '@deepffmpeg/ffmpeg-filters';
import * as z from 'zod';
import { type ChosenFrame, candidateSample, FrameCandidates } from './frame-candidates.js';
import type { ShotThumbnail } from './media-analysis.js';

/** A thumbnail on its way through a pipeline. */
export interface ThumbnailChunk extends ShotThumbnail {
  readonly type: 'shot-thumbnail';
  readonly source: string;
}

export interface ThumbnailerOptions extends StageOptions {
  /** Name of the decode plan's entry whose frames to take. @defaultValue 'thumbnails' */
  readonly tap?: string | undefined;
  /** Of the JPEG, 1 to 100. @defaultValue 75 */
  readonly quality?: number | undefined;
}

const settingsSchema = z.strictObject({
  tap: z.string().min(1).default('thumbnails'),
  quality: z.int().min(1).max(100).default(75),
});

/** Pixels of the longer side. */
const LONGER_SIDE = 320;

/** The frames that `createThumbnailer` needs of a video: few, and small; none is enlarged. */
export function thumbnailFrames({ width, height, displayAspectRatio: ratio }: VideoStreamInfo): FramePlan {
  const longer = Math.min(LONGER_SIDE, Math.max(width, height));
  const shape = ratio === undefined ? width / height : ratio.numerator / ratio.denominator;
  const shorter = Math.max(1, Math.round(longer * Math.min(shape, 1 / shape)));
  const size = shape >= 1 ? { width: longer, height: shorter } : { width: shorter, height: longer };
  return { tap: 'thumbnails', sample: candidateSample, size, scaling: 'fast' };
}

/**
 * Makes a small picture of each shot, from a frame near its middle, in the same decode that finds the shots.
 *
 * In: frames as of `thumbnailFrames`, and shots, both in order and of one or several inputs; a shot may come 112 frames late. Out: a
 * thumbnail for each shot that had a frame: shorter ones than a sixth of a second may have none. Holds at most 144 frames of each input.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, at once.
 */
export function createThumbnailer(
  options: ThumbnailerOptions = {},
): Stage<VideoFrame | Shot, ThumbnailChunk> {
  const { signal, highWaterMark, idleMs, ...settings } = options;
  const { tap, quality } = parseOptions(settingsSchema, settings);
  const inputs = new Map<string, FrameCandidates>();

  async function* picture(chosen: readonly ChosenFrame[]): AsyncGenerator<ThumbnailChunk> {
    for (const { shot, frame } of chosen) {
      if (frame === undefined) continue;
      const jpeg = await formatPicture(frame, { format: 'jpeg', quality });
      const { source, timestamp, width, height } = frame;
      yield { type: 'shot-thumbnail', source, shot: shot.index, timestamp, width, height, jpeg };
    }
  }

  return createStage(
    {
      accepts: ['video-frame', 'shot'],
      where: (chunk: VideoFrame | Shot) => chunk.type === 'shot' || chunk.tap === tap,
      async *transform(chunk: VideoFrame | Shot) {
        const candidates = inputs.get(chunk.source) ?? new FrameCandidates();
        inputs.set(chunk.source, candidates);
        yield* picture(chunk.type === 'shot' ? candidates.addShot(chunk) : candidates.addFrame(chunk));
      },
      async *flush() {
        for (const candidates of inputs.values()) yield* picture(candidates.finish());
      },
    },
    { signal, highWaterMark, idleMs },
  );
}
