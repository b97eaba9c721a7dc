export type { AudioTower, Sound } from './audio-tower.js';
export type { AudioPreprocessing, ClapModel, LogMelSettings } from './clap-model.js';
export { type AudioEmbedderOptions, createAudioEmbedder } from './create-audio-embedder.js';
export { type FormatWavOptions, formatWav } from './format-wav.js';
export { type ClapOptions, openClap } from './open-clap.js';
export { type ReadWavOptions, readWav } from './read-wav.js';
export { type WavSamplesOptions, wavSamples } from './wav-samples.js';
export { writeWav } from './write-wav.js';
