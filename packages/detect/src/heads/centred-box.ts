import type { Box } from '../candidate.js';

/** The edges of a box that is given by its centre and size. */
export function centredBox(x: number, y: number, width: number, height: number): Box {
  return { left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2 };
}
