import type { AudioInput, Towers } from '@deepffmpeg/models';
import type { AudioTower, Sound } from './audio-tower.js';

/** An opened audio-text model. Whoever opened it closes it; any number of stages and label sets may share it. */
export interface ClapModel extends AudioTower, Towers<Sound> {
  /** How sound is prepared, by the model's own files. */
  readonly preprocessing: AudioPreprocessing;
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
