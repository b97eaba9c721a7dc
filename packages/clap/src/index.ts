export type { AudioTower, Sound } from './audio-tower.js';
export type { AudioPreprocessing, ClapModel, LogMelSettings } from './clap-model.js';
export { type AudioEmbedderOptions, createAudioEmbedder } from './create-audio-embedder.js';
export { type ClapOptions, openClap } from './open-clap.js';
