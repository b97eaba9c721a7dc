import type { AudioWindow } from '@deepffmpeg/core';

/** A piece of sound, mono float32, `[n]`, -1 to 1. */
export type Sound = Pick<AudioWindow, 'sampleRate' | 'data'>;

/** The half of an audio-text model that hears. Whoever opened it closes it; many stages may share it. */
export interface AudioTower {
  /** Tells whose embeddings these are. */
  readonly id: string;
  /** Length of an embedding. */
  readonly dimension: number;
  /** Hz, of all it is given: the rate to ask a decoder for. */
  readonly sampleRate: number;
  /** How much it hears at once: the longest `windowSeconds` of `createWindower`. Shorter windows are filled up as the model has learnt. */
  readonly windowSeconds: number;
  /** How many windows it hears best at once. */
  readonly batchSize: number;
  /**
   * Returns float32, `[windows, dimension]`, each row of L2 norm 1.
   *
   * @throws {MediaError} `ERR_INVALID_OPTIONS` when a window has another sample rate, is too long or is empty.
   */
  embed(windows: readonly Sound[], options?: { readonly signal?: AbortSignal }): Promise<Float32Array>;
}
