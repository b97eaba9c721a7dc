import {
  createStage,
  type Detections,
  parseOptions,
  type Stage,
  type StageOptions,
  type VideoFrame,
} from '@deepffmpeg/core';
import * as z from 'zod';
import { cropOf } from './crop-of.js';
import { type CropChoice, CropSchedule, cropChoiceFields } from './crop-schedule.js';

export interface CropperOptions extends CropChoice, StageOptions {}

const settingsSchema = z.strictObject(cropChoiceFields) satisfies z.ZodType<CropChoice>;

/**
 * Cuts objects out of the frames they were found in, in full resolution.
 *
 * In: detections that carry their frame.
 * Out: a frame of tap `crops` for each object, with the object's region and label, in the order of the objects; nothing where there is
 * none. They are cut one by one, as the reader keeps up; `index` counts them for each input.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, at once. Later the stream may fail with `ERR_MISMATCH`: detections without their frame,
 * or with one of another size.
 */
export function createCropper(options: CropperOptions = {}): Stage<Detections, VideoFrame<'crops'>> {
  const { signal, highWaterMark, idleMs, ...given } = options;
  const { margin, ...choice } = parseOptions(settingsSchema, given);
  const schedule = new CropSchedule(choice);
  const counts = new Map<string, number>();

  return createStage(
    {
      accepts: ['detections'],
      *transform(detections: Detections): Generator<VideoFrame<'crops'>> {
        const { source, timestamp, durationSeconds } = detections;
        for (const object of schedule.due(detections)) {
          const index = counts.get(source) ?? 0;
          counts.set(source, index + 1);
          const about = { source, timestamp, durationSeconds, index };
          yield { type: 'video-frame', tap: 'crops', ...about, ...cropOf(detections, object, margin) };
        }
      },
    },
    { signal, highWaterMark, idleMs },
  );
}
