import {
  createStage,
  type Detections,
  inBatches,
  MediaError,
  parseOptions,
  requireMembers,
  type Stage,
  type StageOptions,
  type VideoFrame,
} from '@deepffmpeg/core';
import * as z from 'zod';
import type { Detector } from './detector.js';

export interface ObjectDetectorOptions<Tap extends string = string> extends StageOptions {
  readonly model: Detector;
  /** Takes only the frames of this tap; others pass. @defaultValue all frames */
  readonly tap?: Tap | undefined;
  /** Frames per model call, 1 to 256. @defaultValue the model's own */
  readonly batchSize?: number | undefined;
}

const settingsSchema = z.strictObject({ batchSize: z.int().min(1).max(256).optional() });

/**
 * Finds the objects in each frame.
 *
 * In: RGB24 frames of any size; holds at most `batchSize`, or until `idleMs` pass without a frame.
 * Out: one `Detections` each, in order, also where nothing was found; the frame rides along. Regions are in its pixels.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, at once. Later the stream may fail with `ERR_MODEL_OUTPUT`, or
 * `ERR_MISMATCH` for a frame whose bytes are not RGB24 of its size.
 */
export function createObjectDetector<Tap extends string = string>(
  options: ObjectDetectorOptions<Tap>,
): Stage<VideoFrame<Tap>, Detections> {
  const { model, tap, signal, idleMs, highWaterMark, ...settings } = options;
  requireMembers(model, ['detect'], 'model: expected what openDetector gives');
  const { batchSize = model.batchSize } = parseOptions(settingsSchema, settings);

  return createStage(
    {
      accepts: ['video-frame'],
      where: (frame: VideoFrame<Tap>) => tap === undefined || frame.tap === tap,
      ...inBatches(batchSize, async (frames: readonly VideoFrame<Tap>[], _: undefined, signal) => {
        const found = await model.detect(frames, { signal });
        if (found.length !== frames.length) {
          throw new MediaError(
            'ERR_MODEL_OUTPUT',
            `${model.id} gave ${found.length} lists of objects for ${frames.length} frames`,
          );
        }
        return frames.map((frame, i) => detectionsIn(frame, model.id, found[i]!)); // as many lists as frames
      }),
    },
    { signal, idleMs, highWaterMark: highWaterMark ?? batchSize }, // the next batch comes in while the model works
  );
}

function detectionsIn(frame: VideoFrame, model: string, objects: Detections['objects']): Detections {
  const { source, timestamp, durationSeconds, width, height } = frame;
  return { type: 'detections', source, timestamp, durationSeconds, model, width, height, objects, frame };
}
