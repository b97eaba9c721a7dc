import type { Picture, PictureSize } from '@deepffmpeg/core';

/** The half of an image-text model that sees. Whoever opened it closes it; many stages may share it. */
export interface ImageTower {
  /** Tells whose embeddings these are. */
  readonly id: string;
  /** Length of an embedding. */
  readonly dimension: number;
  /** The size to ask a decoder for. Pictures that come so are not resized again; a crop may be left to `embed`. */
  readonly pictureSize: PictureSize;
  /** How many pictures it sees best at once. */
  readonly batchSize: number;
  /** Prepares pictures of any size as the model wants them. Returns float32, `[pictures, dimension]`, each row of L2 norm 1. */
  embed(pictures: readonly Picture[], options?: { readonly signal?: AbortSignal }): Promise<Float32Array>;
}
