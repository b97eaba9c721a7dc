export type { AudioTower, Sound } from './audio-tower.js';
export type { AudioPreprocessing, ClapModel, LogMelSettings } from './clap-model.js';
export { type AudioEmbedderOptions, createAudioEmbedder } from './create-audio-embedder.js';
export { createInputWriter, type InputWriter } from './create-input-writer.js';
export { createSoundEmbedder, type SoundEmbedderOptions } from './create-sound-embedder.js';
export {
  createSoundShareMeter,
  type SoundShareMeterOptions,
  type SoundShareSummary,
} from './create-sound-share-meter.js';
export { createVoiceDetector, type VoiceDetectorOptions } from './create-voice-detector.js';
export { type FormatWavOptions, formatWav } from './format-wav.js';
export { inputShape } from './input-shape.js';
export { type ClapOptions, openClap } from './open-clap.js';
export {
  type OpenedVoiceModel,
  openVoiceModel,
  type VoiceListener,
  type VoiceModel,
} from './open-voice-model.js';
export { type ReadWavOptions, readWav } from './read-wav.js';
export type { SoundClass, SoundShares } from './share-meter.js';
export { soundSharePrompts } from './sound-share-prompts.js';
export { soundShares } from './sound-shares.js';
export { voiceActivity } from './voice-activity.js';
export { type WavSamplesOptions, wavSamples } from './wav-samples.js';
export { writeWav } from './write-wav.js';
