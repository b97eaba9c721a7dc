import { MediaError } from '@deepffmpeg/core';
import { type ModelFolder, readModelFile, type Sidecar } from '@deepffmpeg/models';
import * as z from 'zod';
import type { AudioPreprocessing, LogMelSettings } from './clap-model.js';

const count = z.int().min(1);

// All is required: what a file leaves out is not guessed. `top_db` and `padding_value` are not here on purpose: the
// reference reads neither (no published model sets them), and silence is 0.
const schema = z.looseObject({
  feature_extractor_type: z
    .literal(
      'ClapFeatureExtractor',
      'only ClapFeatureExtractor is known; for a network that takes samples write "audio" into deepffmpeg.json',
    )
    .optional(),
  sampling_rate: count.max(384_000),
  feature_size: count.max(1024),
  fft_window_size: count.max(65_536).optional(),
  n_fft: count.max(65_536).optional(),
  hop_length: count,
  frequency_min: z.number().min(0),
  frequency_max: z.number().positive(),
  max_length_s: z.number().positive().max(600).optional(),
  nb_max_samples: count.optional(),
  chunk_length_s: z.number().positive().max(600).optional(),
  padding: z.enum(['repeatpad', 'repeat', 'pad']),
  truncation: z.enum(['rand_trunc', 'fusion']),
});

type Settings = z.infer<typeof schema>;

const file = 'preprocessor_config.json';

/** As float32 64 MiB; real ones have 0.1 million. */
const mostNumbers = 2 ** 24;

/**
 * Reads how a model wants its sound: from `audio` of its `deepffmpeg.json` where the network takes samples, else from its
 * `preprocessor_config.json`, as Hugging Face's `ClapFeatureExtractor` writes it.
 *
 * @throws {MediaError} `ERR_MODEL_MISSING`, `ERR_MODEL_CONFIG`
 */
export async function readAudioPreprocessing(
  model: ModelFolder,
  { audio }: Sidecar,
): Promise<AudioPreprocessing> {
  if (audio) return audio;
  const settings = await readModelFile(model, file, schema);
  const fail = (problem: string) => new MediaError('ERR_MODEL_CONFIG', `${model.path}/${file}: ${problem}`);
  const { sampling_rate, padding } = settings;
  const windowSeconds = windowSecondsOf(settings, fail);
  const logMel = logMelOf(settings, fail);
  const samples = windowSeconds * sampling_rate;
  if (samples <= logMel.fftSize / 2)
    throw fail(`a window of ${samples} samples is too short for transforms of ${logMel.fftSize}`);
  if ((samples / logMel.hopLength) * logMel.bands * logMel.channels > mostNumbers)
    throw fail('hop_length is so short that a window would become more than 16 million numbers');
  return { sampleRate: sampling_rate, windowSeconds, padding, logMel };
}

type Fail = (problem: string) => MediaError;

function windowSecondsOf(settings: Settings, fail: Fail): number {
  const { sampling_rate, max_length_s, nb_max_samples, chunk_length_s } = settings;
  const told = {
    max_length_s,
    nb_max_samples: nb_max_samples && nb_max_samples / sampling_rate,
    chunk_length_s,
  };
  return agreed(told, 's', fail);
}

function logMelOf(settings: Settings, fail: Fail): LogMelSettings {
  const { fft_window_size, n_fft, hop_length, feature_size, frequency_min, frequency_max, truncation } =
    settings;
  const fftSize = agreed({ fft_window_size, n_fft }, 'samples', fail);
  if (fftSize < 2 || !Number.isInteger(Math.log2(fftSize)))
    throw fail(`fft_window_size: a power of two was expected, ${fftSize} came`);
  if (frequency_min >= frequency_max)
    throw fail(`frequency_min ${frequency_min} is not below frequency_max ${frequency_max}`);
  return {
    fftSize,
    hopLength: hop_length,
    bands: feature_size,
    lowestHz: frequency_min,
    highestHz: frequency_max,
    scale: truncation === 'fusion' ? 'htk' : 'slaney',
    channels: truncation === 'fusion' ? 4 : 1,
  };
}

/** The value of several names for one thing. */
function agreed(told: Readonly<Record<string, number | undefined>>, unit: string, fail: Fail): number {
  const [first, ...others] = Object.entries(told).filter(([, value]) => value !== undefined);
  if (first?.[1] === undefined)
    throw fail(`${Object.keys(told).join(' or ')} was expected, none of them came`);
  const other = others.find(([, value]) => value !== first[1]);
  if (other) throw fail(`${first[0]} says ${first[1]} ${unit}, ${other[0]} ${other[1]} ${unit}`);
  return first[1];
}
