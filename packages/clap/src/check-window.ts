import { MediaError } from '@deepffmpeg/core';
import type { AudioTower, Sound } from './audio-tower.js';
import { windowLength } from './input-shape.js';

/** Checks that a tower can hear a window as it is. @throws {MediaError} `ERR_INVALID_OPTIONS` saying what to change. */
export function checkWindow(
  { sampleRate, windowSeconds }: Pick<AudioTower, 'sampleRate' | 'windowSeconds'>,
  window: Sound,
  model: string,
): void {
  const fail = (problem: string) => new MediaError('ERR_INVALID_OPTIONS', problem);
  if (window.sampleRate !== sampleRate)
    throw fail(
      `${model} hears ${sampleRate} Hz, but a window of ${window.sampleRate} Hz came: decode at ${sampleRate} Hz`,
    );
  const { length } = window.data;
  if (length === 0) throw fail(`a window for ${model} holds no samples`);
  if (length > windowLength({ sampleRate, windowSeconds }))
    throw fail(
      `${model} hears ${windowSeconds} s at once, but a window of ${length / sampleRate} s came: ` +
        `cut the sound with createWindower({ windowSeconds: ${windowSeconds} })`,
    );
}
