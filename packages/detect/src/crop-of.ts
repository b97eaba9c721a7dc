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
 * @param margin - of what is around, as a share of the object's size on each side, as far as the picture goes.
 * @throws {MediaError} `ERR_MISMATCH`: detections without their frame, or with one of another size.
 */
export function cropOf(detections: Detections, { label, region }: Detection, margin: number): Crop {
  const [sides, ends] = [region.width * margin, region.height * margin];
  const seen = {
    x: region.x - sides,
    y: region.y - ends,
    width: region.width + 2 * sides,
    height: region.height + 2 * ends,
  };
  return { ...cutPicture(frameOf(detections), seen), region: { ...region, label } };
}
