import type { Detection, Picture } from '@deepffmpeg/core';
import { ObjectPainter } from './object-painter.js';
import { type OverlayStyle, parseStyle } from './overlay-style.js';

/**
 * Draws a box around each object, and writes what it is: label, track and confidence, and below that what its scores report.
 *
 * Text stands on a plate, within the picture; a label that is too long for it ends in an ellipsis. Regions are in pixels of the picture.
 *
 * @returns a new picture of the same size.
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, `ERR_MISMATCH` when the bytes are not RGB24 of the picture's size
 */
export async function drawObjects(
  picture: Picture,
  objects: readonly Detection[],
  style: OverlayStyle = {},
): Promise<Picture> {
  return new ObjectPainter(parseStyle(style)).draw(picture, objects);
}
