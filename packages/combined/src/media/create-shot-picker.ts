import {
  createStage,
  parseOptions,
  type Shot,
  type Stage,
  type StageOptions,
  type VideoFrame,
} from '@deepffmpeg/core';
import * as z from 'zod';
import { FrameCandidates } from './frame-candidates.js';

export interface ShotPickerOptions<Tap extends string = string> extends StageOptions {
  /** Name of the decode plan's entry whose frames to choose from; `candidateSample` is enough of them. */
  readonly tap: Tap;
}

const settingsSchema = z.strictObject({ tap: z.string().min(1) });

/**
 * Has one frame near its middle stand for each shot, in the same decode that finds the shots.
 *
 * In: frames of one tap, and shots, both in order and of one or several inputs; a shot comes after its frames. Out: for each shot a frame
 * of it, with the time and duration of the shot, if there is one, then the shot. Holds at most 64 frames of each input.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, at once.
 */
export function createShotPicker<Tap extends string = string>(
  options: ShotPickerOptions<Tap>,
): Stage<VideoFrame<Tap> | Shot, VideoFrame<Tap> | Shot> {
  const { signal, highWaterMark, idleMs, ...settings } = options;
  const { tap } = parseOptions(settingsSchema, settings);
  const inputs = new Map<string, FrameCandidates<VideoFrame<Tap>>>();
  return createStage(
    {
      accepts: ['video-frame', 'shot'],
      where: (chunk: VideoFrame<Tap> | Shot) => chunk.type === 'shot' || chunk.tap === tap,
      transform(chunk: VideoFrame<Tap> | Shot): (VideoFrame<Tap> | Shot)[] {
        const candidates = inputs.get(chunk.source) ?? new FrameCandidates<VideoFrame<Tap>>();
        inputs.set(chunk.source, candidates);
        if (chunk.type === 'video-frame') {
          candidates.add(chunk);
          return [];
        }
        const frame = candidates.take(chunk);
        const { timestamp, durationSeconds } = chunk;
        return frame ? [{ ...frame, timestamp, durationSeconds }, chunk] : [chunk];
      },
    },
    { signal, highWaterMark, idleMs },
  );
}
