import {
  createStage,
  parseOptions,
  type Shot,
  type Stage,
  type StageOptions,
  type VideoFrame,
} from '@deepffmpeg/core';
import type { FramePlan } from '@deepffmpeg/ffmpeg-filters';
import * as z from 'zod';
import type { CutRule } from './find-cut.js';
import { ShotFinder } from './shot-finder.js';

export type ShotDetectorOptions = StageOptions & {
  /** Name of the decode plan's entry whose frames to take. @defaultValue 'shots' */
  readonly tap?: string | undefined;
} & (
    | {
        /** By ffmpeg's scene score. */
        readonly shotRule: 'content';
        /** The least score of a cut, above 0 to 1. @defaultValue 0.3 */
        readonly sceneThreshold?: number | undefined;
      }
    | {
        /** By how much a change exceeds those around it. @defaultValue 'adaptive' */
        readonly shotRule?: 'adaptive' | undefined;
        /** The least ratio of a cut to the mean of the two frames on each side, above 1 to 255. @defaultValue 3 */
        readonly ratio?: number | undefined;
      }
  );

const tap = z.string().min(1).default('shots');
const settingsSchema = z.union([
  z.strictObject({
    tap,
    shotRule: z.literal('content'),
    sceneThreshold: z.number().gt(0).max(1).default(0.3),
  }),
  z.strictObject({
    tap,
    shotRule: z.literal('adaptive').default('adaptive'),
    ratio: z.number().gt(1).max(255).default(3),
  }),
]);

/** The frames that `createShotDetector` needs: all, and small. */
export const shotFrames = {
  tap: 'shots',
  sample: 'all',
  size: { width: 96, height: 54 },
  scaling: 'fast',
} as const satisfies FramePlan;

/**
 * Finds shots: cuts, fades through black, dissolves.
 *
 * In: every frame of an input in order (`shotFrames` as the plan's entry; any small size will do, the same for all). Out: its shots in
 * order, each some 100 frames after the next one has begun, the last at the end; every frame belongs to one. A shot behind a fade begins in
 * the middle of the black, but no more than 80 frames before the picture comes back; one behind a dissolve with the frame in which both pictures
 * are as strong. Flashes, pans and shakes are no cuts. `score` is of a cut the scene score or the ratio, of a dissolve how well the frames fit to
 * a mixture (0 to 1), of a fade 1. Holds about 80 frames of each input.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, at once.
 */
export function createShotDetector(options: ShotDetectorOptions = {}): Stage<VideoFrame, Shot> {
  const { signal, highWaterMark, idleMs, ...settings } = options;
  const { tap: name, ...rule }: { tap: string } & CutRule = parseOptions(settingsSchema, settings);
  const finders = new Map<string, ShotFinder>();
  return createStage(
    {
      accepts: ['video-frame'],
      where: (frame) => frame.tap === name,
      transform(frame) {
        const finder = finders.get(frame.source) ?? new ShotFinder(frame.source, rule);
        finders.set(frame.source, finder);
        return finder.take(frame);
      },
      *flush() {
        for (const finder of finders.values()) yield* finder.finish();
      },
    },
    { signal, highWaterMark, idleMs },
  );
}
