import {
  createStage,
  parseOptions,
  type Shot,
  type Stage,
  type StageOptions,
  type VideoFrame,
} from '@deepffmpeg/core';
import * as z from 'zod';
import { type ChosenFrame, FrameCandidates } from './frame-candidates.js';

export interface ShotPickerOptions<Tap extends string = string> extends StageOptions {
  /** Name of the decode plan's entry whose frames to choose from; `candidateSample` is enough of them. */
  readonly tap: Tap;
}

const settingsSchema = z.strictObject({ tap: z.string().min(1) });

/**
 * Has one frame near its middle stand for each shot, in the same decode that finds the shots.
 *
 * In: frames of one tap, and shots, both in order and of one or several inputs; a shot may come 112 frames late. Out: for each shot, when
 * its frames have gone by, one of them with the time and duration of the shot, if there is one, then the shot. Holds at most 144 frames of
 * each input.
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
      *transform(chunk: VideoFrame<Tap> | Shot) {
        const candidates = inputs.get(chunk.source) ?? new FrameCandidates<VideoFrame<Tap>>();
        inputs.set(chunk.source, candidates);
        yield* told(chunk.type === 'shot' ? candidates.addShot(chunk) : candidates.addFrame(chunk));
      },
      *flush() {
        for (const candidates of inputs.values()) yield* told(candidates.finish());
      },
    },
    { signal, highWaterMark, idleMs },
  );
}

function* told<Frame extends VideoFrame>(chosen: readonly ChosenFrame<Frame>[]): Generator<Frame | Shot> {
  for (const { shot, frame } of chosen) {
    const { timestamp, durationSeconds } = shot;
    if (frame) yield { ...frame, timestamp, durationSeconds };
    yield shot;
  }
}
