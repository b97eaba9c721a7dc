import {
  createStage,
  parseOptions,
  type Shot,
  type Stage,
  type StageOptions,
  type VideoFrame,
} from '@deepffmpeg/core';
import * as z from 'zod';

export interface ShotSamplerOptions<Tap extends string = string> extends StageOptions {
  /** Of one input, in any order, as `createShotDetector` found them. */
  readonly shots: readonly Shot[];
  /** Takes only the frames of this tap; others pass. @defaultValue all frames */
  readonly tap?: Tap | undefined;
}

const settingsSchema = z.strictObject({ tap: z.string().min(1).optional() });

/**
 * Has one frame stand for each shot: the one in its middle.
 *
 * In: every frame of the input (`sample: 'all'`), in order. Out: the frame in the middle of each shot, with the time and duration of the
 * shot; all others are dropped. Holds nothing but the shots.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, at once.
 */
export function createShotSampler<Tap extends string = string>(
  options: ShotSamplerOptions<Tap>,
): Stage<VideoFrame<Tap>, VideoFrame<Tap>> {
  const { shots, signal, highWaterMark, idleMs, ...settings } = options;
  const { tap } = parseOptions(settingsSchema, settings);
  const middles = new Map(shots.map((shot) => [middleFrameOf(shot), shot]));
  return createStage(
    {
      accepts: ['video-frame'],
      where: (frame: VideoFrame<Tap>) => tap === undefined || frame.tap === tap,
      transform(frame: VideoFrame<Tap>) {
        const shot = middles.get(frame.index);
        if (!shot) return [];
        const { timestamp, durationSeconds } = shot;
        return [{ ...frame, timestamp, durationSeconds }];
      },
    },
    { signal, highWaterMark, idleMs },
  );
}

/** Counted from the input's first. */
export const middleFrameOf = ({ startFrame, endFrame }: Shot): number =>
  Math.floor((startFrame + endFrame) / 2);
