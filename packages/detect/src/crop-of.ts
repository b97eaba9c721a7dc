import type { Detection, Detections, Picture, Region } from '@deepffmpeg/core';
import { cutPicture } from './cut-picture.js';
import { frameOf } from './frame-of.js';

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
  return { ...cutPicture(frameOf(detections), region), region: { ...region, label } };
}
