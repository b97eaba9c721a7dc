import {
  createStage,
  type Detection,
  type Detections,
  parseOptions,
  type Stage,
  type StageOptions,
  type VideoFrame,
} from '@deepffmpeg/core';
import * as z from 'zod';
import { cutPicture } from './cut-picture.js';
import { frameOf } from './frame-of.js';

export interface CropperOptions extends StageOptions {
  /** Labels of the objects to cut out. @defaultValue all */
  readonly targets?: readonly string[];
  /** Cuts an object that a tracker follows out once in so many seconds, 0 to 3600. @defaultValue 0: of each frame */
  readonly everySeconds?: number;
}

const settingsSchema = z.strictObject({
  targets: z.array(z.string().min(1)).min(1).optional(),
  everySeconds: z.number().min(0).max(3600).default(0),
}) satisfies z.ZodType<Omit<CropperOptions, keyof StageOptions>>;

/** Time stamps are rounded: one that comes so little early is not too early. */
const TOLERANCE_SECONDS = 1e-6;

/**
 * Cuts objects out of the frames they were found in, in full resolution.
 *
 * In: detections that carry their frame.
 * Out: a frame of tap `crops` for each object, with the object's region and label, in the order of the objects; nothing where there is none. They are
 * cut one by one, as the reader keeps up; `index` counts them for each input.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, at once. Later the stream may fail with `ERR_MISMATCH`: detections without their frame,
 * or with one of another size.
 */
export function createCropper(options: CropperOptions = {}): Stage<Detections, VideoFrame<'crops'>> {
  const { signal, highWaterMark, idleMs, ...given } = options;
  const { targets, everySeconds } = parseOptions(settingsSchema, given);
  const inputs = new Map<string, { count: number; readonly cutAt: Map<number, number> }>();

  const isDue = ({ region: { trackId } }: Detection, cutAt: Map<number, number>, timestamp: number) => {
    const last = trackId === undefined ? undefined : cutAt.get(trackId);
    return last === undefined || Math.abs(timestamp - last) >= everySeconds - TOLERANCE_SECONDS;
  };

  return createStage(
    {
      accepts: ['detections'],
      *transform(detections: Detections): Generator<VideoFrame<'crops'>> {
        const { source, timestamp, durationSeconds, objects } = detections;
        const input = inputs.get(source) ?? { count: 0, cutAt: new Map<number, number>() };
        inputs.set(source, input);
        forgetOld(input.cutAt, timestamp - everySeconds);
        for (const object of objects) {
          const { label, region } = object;
          if ((targets && !targets.includes(label)) || !isDue(object, input.cutAt, timestamp)) continue;
          const picture = cutPicture(frameOf(detections), region);
          if (!picture) continue;
          if (region.trackId !== undefined) input.cutAt.set(region.trackId, timestamp);
          const about = { source, timestamp, durationSeconds, index: input.count++ };
          yield { type: 'video-frame', tap: 'crops', ...about, region: { ...region, label }, ...picture };
        }
      },
    },
    { signal, highWaterMark, idleMs },
  );
}

/** Drops tracks that are due anyway, so that the list stays short. */
function forgetOld(cutAt: Map<number, number>, before: number): void {
  for (const [id, time] of cutAt) if (time < before) cutAt.delete(id);
}
