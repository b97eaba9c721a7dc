import type { PictureSize } from '@deepffmpeg/core';
import type { TextModel } from '@deepffmpeg/models';
import type { ImageTower } from './image-tower.js';

/** An opened image-text model. Whoever opened it closes it; any number of stages and label sets may share it. */
export interface ClipModel extends ImageTower, TextModel {
  /** Digest of the image tower's weights, in hexadecimal. SHA-256. */
  readonly weightsDigest: string;
  /** Digest of what reads: the text tower's weights, the tokenizer and how it is used. SHA-256, in hexadecimal. */
  textDigest(options?: { readonly signal?: AbortSignal }): Promise<string>;
  /** How pictures are prepared, by the model's own files. */
  readonly preprocessing: Preprocessing;
  /** Sentences that the text tower has read since the model was opened; all others came from the cache. */
  readonly encodedCount: number;
  /**
   * Returns float32, `[sentences, dimension]`, each row of L2 norm 1. What was read before, by any process, comes
   * from the cache on disk; the text tower is loaded with the first sentence that is not there.
   *
   * @throws {MediaError} `ERR_MODEL_LOAD`, `ERR_MODEL_CONFIG`, `ERR_MODEL_OUTPUT`, `ERR_DEVICE`
   */
  encodeTexts(
    sentences: readonly string[],
    options?: { readonly signal?: AbortSignal },
  ): Promise<Float32Array>;
  /** Releases all, after the work in flight. Again does nothing more. */
  close(): Promise<void>;
}

/** From 8 bit pixels to what the network takes: resize, then `(value * rescale - mean) / std`. */
export interface Preprocessing {
  readonly resize: PictureSize;
  readonly rescale: number;
  /** Red, green, blue. */
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
}
