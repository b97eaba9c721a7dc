import type { Region } from '@deepffmpeg/core';

/** A box that a network proposes, before overlapping ones are dropped. Edges in pixels of the network's input. */
export interface Candidate {
  readonly classIndex: number;
  /** 0 to 1. */
  readonly score: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The share of the area of both boxes that they have in common, 0 to 1; 0 where either has no area. */
export function overlapOf(a: Box, b: Box): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  if (!(width > 0 && height > 0)) return 0;
  const common = width * height;
  return common / (areaOf(a) + areaOf(b) - common);
}

/** Edges of a box. */
export type Box = Pick<Candidate, 'left' | 'top' | 'right' | 'bottom'>;

const areaOf = ({ left, top, right, bottom }: Box) => (right - left) * (bottom - top);

/** The edges of a region. */
export function edgesOf({ x, y, width, height }: Region): Box {
  return { left: x, top: y, right: x + width, bottom: y + height };
}
