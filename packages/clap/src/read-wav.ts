import { stat } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type AudioSamples,
  fileProblem,
  isMediaError,
  MediaError,
  parseOptions,
  readBoundedFile,
  throwIfAborted,
} from '@deepffmpeg/core';

import * as z from 'zod';
import { countWavSamples, decodeWav } from './decode-wav.js';
import { findWavSamples, type WavSamples } from './find-wav-samples.js';
import { resampledLength, resampleWav } from './resample-wav.js';

export interface ReadWavOptions {
  /** Hz, 8000 to 192000. @defaultValue the file's own */
  readonly sampleRate?: number | undefined;
  /** Names the input in the samples and in messages. @defaultValue the path */
  readonly source?: string | undefined;
  /** Called with the reason if the file breaks off. Without it that is an error. */
  readonly onPartial?: ((reason: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

const settingsSchema = z.strictObject({
  sampleRate: z.int().min(8000).max(192_000).optional(),
  source: z.string().min(1).optional(),
});

/** What `readWav` takes: 97 minutes of 16-bit stereo at 44.1 kHz. */
export const MOST_WAV_BYTES = 2 ** 30;
/** 93 minutes at 48 kHz, in 1 GiB. */
const MOST_SAMPLES = 2 ** 28;

/**
 * Reads the sound of a WAV file, without ffmpeg: PCM of 8 to 32 bits, float of 32 and 64, A-law, mu-law and mono IMA ADPCM,
 * in RIFF, RIFX, RF64 or BW64, of any rate and number of channels.
 *
 * Out: mono float32, the mean of the channels; integers of n bits are divided by 2^(n-1), so that they lie in -1 to 1,
 * while floats are kept as they are. Its time begins at 0. Holds the file and its sound: more than 1 GiB, and more
 * than 2^28 samples before or after resampling, are refused.
 *
 * @param pathOrBytes - a file, or its content. Pipes and devices are refused unopened.
 * @throws {MediaError} `ERR_INVALID_OPTIONS`; `ERR_INPUT` when it cannot be read as such; `ERR_PARTIAL_INPUT` when it
 * breaks off and there is no `onPartial`; an `AbortError`.
 */
export async function readWav(
  pathOrBytes: string | Uint8Array,
  options: ReadWavOptions = {},
): Promise<AudioSamples<'audio'>> {
  const { onPartial, signal, ...settings } = options;
  const { sampleRate: askedRate, source = nameOf(pathOrBytes) } = parseOptions(settingsSchema, settings);
  throwIfAborted(signal);
  try {
    const bytes = typeof pathOrBytes === 'string' ? await readFile(pathOrBytes, signal) : pathOrBytes;
    const samples = findWavSamples(bytes);
    const sampleRate = askedRate ?? samples.sampleRate;
    const ownSound = await decode(samples, sampleRate, signal);
    const data = await resampleWav(ownSound, samples.sampleRate, sampleRate, signal);
    if (samples.damage !== undefined) tellPartial(source, samples.damage, onPartial);
    const durationSeconds = data.length / sampleRate;
    const time = { timestamp: 0, durationSeconds };
    return { type: 'audio-samples', source, tap: 'audio', ...time, sampleRate, data, isLast: true };
  } catch (cause) {
    if ((cause as Error).name === 'AbortError' || isMediaError(cause)) throw cause;
    throw new MediaError('ERR_INPUT', `${source} cannot be read as WAV: ${fileProblem(cause)}`, {
      cause,
    });
  }
}

/** Says that an input breaks off, to whom it may concern, else as an error. */
export function tellPartial(
  source: string,
  reason: string,
  onPartial: ((reason: string) => void) | undefined,
): void {
  if (!onPartial) throw new MediaError('ERR_PARTIAL_INPUT', `${source} is not whole: ${reason}`);
  onPartial(reason);
}

function nameOf(pathOrBytes: string | Uint8Array): string {
  return typeof pathOrBytes === 'string' ? pathOrBytes : 'the sound';
}

async function readFile(path: string, signal: AbortSignal | undefined): Promise<Uint8Array> {
  const found = await stat(path);
  if (!found.isFile())
    throw new Error(found.isDirectory() ? 'it is a folder' : 'it is no regular file: copy it into one first');
  if (found.size > MOST_WAV_BYTES)
    throw new Error(`it has ${found.size} bytes; at most ${MOST_WAV_BYTES} are taken: cut it, or use ffmpeg`);
  return readBoundedFile(path, MOST_WAV_BYTES, { signal }); // bounded: a file may grow
}

async function decode(samples: WavSamples, sampleRate: number, signal: AbortSignal | undefined) {
  const length = countWavSamples(samples);
  const most = Math.max(length, resampledLength(length, samples.sampleRate, sampleRate));
  if (most > MOST_SAMPLES)
    throw new Error(
      `it would be ${most} samples at ${sampleRate} Hz; at most ${MOST_SAMPLES} are taken: cut it, or use ffmpeg`,
    );
  const data = new Float32Array(length);
  let position = 0;
  for (const piece of decodeWav(samples)) {
    if (!piece.every(Number.isFinite)) throw new Error('it holds samples that are not finite numbers');
    data.set(piece, position);
    position += piece.length;
    await nextTurn();
    throwIfAborted(signal);
  }
  return data;
}
