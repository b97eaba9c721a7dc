import { writeAtomicFile } from '@deepffmpeg/core';
import type { Sound } from './audio-tower.js';
import { type FormatWavOptions, formatWav } from './format-wav.js';

/**
 * Writes samples or a window as a mono WAV file, which appears complete or not at all.
 *
 * @throws {MediaError} as `formatWav` does; `ERR_OUTPUT`.
 */
export async function writeWav(path: string, sound: Sound, options: FormatWavOptions = {}): Promise<void> {
  await writeAtomicFile(path, formatWav(sound, options));
}
