import type { TensorInfo, Tensors } from '@deepffmpeg/models';
import type { Candidate } from '../candidate.js';
import type { DetectorSettings } from '../detector-settings.js';

/** What a head needs to know of its model. */
export interface HeadContext extends DetectorSettings {
  /** The model's file, for messages. */
  readonly path: string;
  /** As the file declares them. */
  readonly outputs: readonly TensorInfo[];
  /** Pixels of the network's input. */
  readonly width: number;
  readonly height: number;
  /** Boxes below are left out; 0 to 1. */
  readonly confidence: number;
}

/** Reads a network's answer. Made for one model, whose declared outputs were checked. */
export interface Head {
  /** Names of the outputs it reads. */
  readonly fetches: readonly string[];
  /** Whether one object may come as several boxes. */
  readonly repeatsObjects: boolean;
  /**
   * Returns the boxes of each picture of a batch that reach the confidence, in the order of the output.
   *
   * @throws {MediaError} `ERR_MODEL_OUTPUT` when shapes are others than declared, or numbers are not finite.
   */
  decode(results: Tensors, pictures: number): Candidate[][];
}
