import { type Detections, MediaError, type VideoFrame } from '@deepffmpeg/core';

/** The frame that detections carry. @throws {MediaError} `ERR_MISMATCH` when there is none, or one of another size */
export function frameOf({ frame, source, timestamp, width, height }: Detections): VideoFrame {
  if (frame && frame.width === width && frame.height === height) return frame;
  throw new MediaError(
    'ERR_MISMATCH',
    `the detections of ${source} at ${timestamp} s carry ${frame ? `a frame of ${frame.width}x${frame.height}` : 'no frame'}; ` +
      `that of ${width}x${height} was expected, which the object detector gives along`,
  );
}
