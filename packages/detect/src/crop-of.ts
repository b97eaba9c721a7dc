import { type Detection, type Detections, MediaError, type Picture, type Region } from '@deepffmpeg/core';
import { cutPicture } from './cut-picture.js';

/** The pixels of an object, and where they were. */
export interface Crop extends Picture {
  readonly region: Region;
}

/**
 * Cuts an object that has an area in the picture out of the frame it was found in, in full resolution.
 *
 * @throws {MediaError} `ERR_MISMATCH`: detections without their frame, or with one of another size.
 */
export function cropOf(detections: Detections, { label, region }: Detection): Crop {
  const { frame, source, timestamp, width, height } = detections;
  if (!frame || frame.width !== width || frame.height !== height) {
    throw new MediaError(
      'ERR_MISMATCH',
      `the detections of ${source} at ${timestamp} s carry ${frame ? `a frame of ${frame.width}x${frame.height}` : 'no frame'}; ` +
        `that of ${width}x${height} was expected, which the object detector gives along`,
    );
  }
  return { ...cutPicture(frame, region), region: { ...region, label } };
}
