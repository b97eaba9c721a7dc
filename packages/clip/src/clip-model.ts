import type { Picture, PictureSize } from '@deepffmpeg/core';
import type { Towers } from '@deepffmpeg/models';
import type { ImageTower } from './image-tower.js';

/** An opened image-text model. Whoever opened it closes it; any number of stages and label sets may share it. */
export interface ClipModel extends ImageTower, Towers<Picture> {
  /** How pictures are prepared, by the model's own files. */
  readonly preprocessing: PicturePreprocessing;
}

/** From 8 bit pixels to what the network takes: resize, then `(value * rescale - mean) / std`. */
export interface PicturePreprocessing {
  readonly resize: PictureSize;
  readonly rescale: number;
  /** Red, green, blue. */
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
}
