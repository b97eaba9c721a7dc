import type { AudioPreprocessing } from './clap-model.js';

/** Shape of one window as the network takes it, without the batch: `[channels, frames, bands]` or `[samples]`. */
export function inputShape({ sampleRate, windowSeconds, logMel }: AudioPreprocessing): readonly number[] {
  const length = windowLength({ sampleRate, windowSeconds });
  if (!logMel) return [length];
  return [logMel.channels, frameCount(length, logMel.hopLength), logMel.bands];
}

/** Samples that a network hears at once. */
export function windowLength({
  sampleRate,
  windowSeconds,
}: Pick<AudioPreprocessing, 'sampleRate' | 'windowSeconds'>): number {
  return Math.round(windowSeconds * sampleRate);
}

/** Frames that are centred on every `hopLength`-th sample of so many, from the first on. */
export function frameCount(samples: number, hopLength: number): number {
  return 1 + Math.floor(samples / hopLength);
}
