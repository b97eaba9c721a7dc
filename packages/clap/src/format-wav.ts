import { MediaError, parseOptions } from '@deepffmpeg/core';
import wavefile from 'wavefile';
import * as z from 'zod';
import type { Sound } from './audio-tower.js';
import { MOST_WAV_BYTES } from './read-wav.js';

export interface FormatWavOptions {
  /**
   * How samples are written: as they are, or as whole numbers of 16 bits, rounded from 32768 times the sample and limited
   * to what 16 bits hold. @defaultValue 'float32'
   */
  readonly format?: 'float32' | 'int16' | undefined;
}

const settingsSchema = z.strictObject({ format: z.enum(['float32', 'int16']).default('float32') });
const rateSchema = z.strictObject({ sampleRate: z.int().min(1).max(768_000) });

/**
 * Makes a mono WAV file of samples or of a window, as bytes. `readWav` gives the same samples again: exactly those of float32, and
 * of int16 those that are whole multiples of 1/32768.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS`: also for more than 1 GiB, and for samples that are not finite.
 */
export function formatWav({ sampleRate, data }: Sound, options: FormatWavOptions = {}): Uint8Array {
  const { format } = parseOptions(settingsSchema, options);
  parseOptions(rateSchema, { sampleRate });
  const [bitDepth, width] = format === 'int16' ? ['16', 2] : ['32f', 4];
  if (data.length * width + 44 > MOST_WAV_BYTES)
    throw new MediaError('ERR_INVALID_OPTIONS', `${data.length} samples are too many for a file of 1 GiB`);
  if (!data.every(Number.isFinite))
    throw new MediaError('ERR_INVALID_OPTIONS', 'samples that are not finite cannot be written');

  const wav = new wavefile.WaveFile();
  wav.fromScratch(1, sampleRate, bitDepth, []);
  // Not through wavefile, which is slow here and writes some powers of two wrong as floats, such as 2^-29.
  const numbers = format === 'int16' ? new Int16Array(data.map(toInt16)) : data;
  const samples = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  Object.assign(wav.data, { samples, chunkSize: samples.length });
  return wav.toBuffer();
}

function toInt16(sample: number): number {
  return Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_768)));
}
