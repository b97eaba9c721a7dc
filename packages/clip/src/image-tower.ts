import type { Picture, PictureSize } from '@deepffmpeg/core';

/** The half of an image-text model that sees. Whoever opened it closes it; many stages may share it. */
export interface ImageTower {
  /** Tells whose embeddings these are. */
  readonly id: string;
  /** Length of an embedding. */
  readonly dimension: number;
  /** The size it looks at. Pictures that come in that size are not resized. */
  readonly pictureSize: PictureSize;
  /** Returns float32, `[pictures, dimension]`, each row of L2 norm 1. */
  embed(pictures: readonly Picture[], signal?: AbortSignal): Promise<Float32Array>;
}
