import type { PictureSize } from '@deepffmpeg/core';

/** The size of the pixels that reach the network. */
export function finalSize(size: PictureSize): { readonly width: number; readonly height: number } {
  if (!('shortestEdge' in size)) return size;
  const { shortestEdge, crop } = size;
  return crop ?? { width: shortestEdge, height: shortestEdge };
}
