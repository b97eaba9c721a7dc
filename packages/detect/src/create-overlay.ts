import {
  createStage,
  type Detections,
  type Stage,
  type StageOptions,
  type VideoFrame,
} from '@deepffmpeg/core';
import { frameOf } from './frame-of.js';
import { ObjectPainter } from './object-painter.js';
import { type OverlayStyle, parseStyle } from './overlay-style.js';

export interface OverlayOptions extends StageOptions, OverlayStyle {}

/**
 * Draws the objects that were found on the frames they were found in, as `drawObjects` does.
 *
 * In: detections that carry their frame, which stays as it is.
 * Out: a frame of tap `overlay` for each, of the same size and time; `index` counts them for each input. Holds up to 8 MiB of rendered words.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, at once. Later the stream may fail with `ERR_MISMATCH`: detections without their frame,
 * or with one of another size.
 */
export function createOverlay(options: OverlayOptions = {}): Stage<Detections, VideoFrame<'overlay'>> {
  const { signal, highWaterMark, idleMs, ...style } = options;
  const painter = new ObjectPainter(parseStyle(style));
  const counts = new Map<string, number>();

  return createStage(
    {
      accepts: ['detections'],
      async transform(detections: Detections): Promise<VideoFrame<'overlay'>[]> {
        const { source, timestamp, durationSeconds, objects } = detections;
        const picture = await painter.draw(frameOf(detections), objects);
        const index = counts.get(source) ?? 0;
        counts.set(source, index + 1);
        return [
          { type: 'video-frame', tap: 'overlay', source, timestamp, durationSeconds, index, ...picture },
        ];
      },
    },
    { signal, highWaterMark, idleMs },
  );
}
