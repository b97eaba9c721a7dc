import type { PictureSize } from '@deepffmpeg/core';
import * as z from 'zod';

const kernel = z.enum(['bicubic', 'bilinear']).optional();

/** Pixels of both sides, each at most so many. */
export function sidesSchema(most: number) {
  const side = z.int().min(1).max(most);
  return z.strictObject({ width: side, height: side });
}

export function pictureSizeSchema(most: number) {
  const sides = sidesSchema(most);
  const { width: shortestEdge } = sides.shape;
  return z.union([
    sides.extend({ kernel }),
    z.strictObject({ shortestEdge, crop: sides.optional(), kernel }),
  ]) satisfies z.ZodType<PictureSize>;
}
