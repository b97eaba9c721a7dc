import type { AudioInput, TextModel } from '@deepffmpeg/models';
import type { AudioTower } from './audio-tower.js';

/** An opened audio-text model. Whoever opened it closes it; any number of stages and label sets may share it. */
export interface ClapModel extends AudioTower, TextModel {
  /** Digest of the audio tower's weights, in hexadecimal. SHA-256. */
  readonly weightsDigest: string;
  /** Digest of what reads: the text tower's weights, the tokenizer and how it is used. SHA-256, in hexadecimal. */
  textDigest(options?: { readonly signal?: AbortSignal }): Promise<string>;
  /** How sound is prepared, by the model's own files. */
  readonly preprocessing: AudioPreprocessing;
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

/** From samples to what the network takes: filled up to a window, then as a log-mel spectrogram. */
export interface AudioPreprocessing extends AudioInput {
  /** Absent where the network takes the samples themselves. */
  readonly logMel?: LogMelSettings;
}

/** A log-mel spectrogram: power in mel bands over time, in dB. */
export interface LogMelSettings {
  /** Samples in one Fourier transform, a power of two, and from one to the next. */
  readonly fftSize: number;
  readonly hopLength: number;
  /** How many mel bands, and where the lowest begins and the highest ends. */
  readonly bands: number;
  readonly lowestHz: number;
  readonly highestHz: number;
  /** `slaney`: bands of equal area; `htk`: of equal height. */
  readonly scale: 'slaney' | 'htk';
  /** How often the network wants to see it: models with fusion four times. */
  readonly channels: 1 | 4;
}
