import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { createInputWriter } from '../src/create-input-writer.js';
import type { AudioPreprocessing } from '../src/index.js';
import { inputShape } from '../src/input-shape.js';

interface Golden {
  readonly cases: readonly {
    readonly settings: {
      readonly sampling_rate: number;
      readonly feature_size: number;
      readonly fft_window_size: number;
      readonly hop_length: number;
      readonly frequency_min: number;
      readonly frequency_max: number;
      readonly max_length_s: number;
      readonly truncation: 'rand_trunc' | 'fusion';
      readonly padding: AudioPreprocessing['padding'];
    };
    readonly samples: number;
    readonly shape: readonly number[];
    readonly features: readonly number[];
  }[];
}

/** The same samples as in tools/golden/clap_log_mel.py: a 32-bit linear congruential generator, top byte, -1 to 1. */
function noise(count: number): Float32Array {
  let state = 1;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return ((state >>> 24) - 128) / 128;
  });
}

function write(preprocessing: AudioPreprocessing, samples: Float32Array): Float32Array {
  const target = new Float32Array(inputShape(preprocessing).reduce((a, b) => a * b, 1));
  createInputWriter(preprocessing)(samples, target, 0);
  return target;
}

const golden: Golden = JSON.parse(
  await readFile(new URL('golden/clap-log-mel.json', import.meta.url), 'utf8'),
);

// Made with transformers 4.57.6, see tools/golden. It rounds spectra to float32: up to 1e-5 dB here, and 5 digits are kept.
test.each(golden.cases)('is what the reference makes of $samples samples by $settings', (expected) => {
  const { settings, samples, shape, features } = expected;
  const preprocessing: AudioPreprocessing = {
    sampleRate: settings.sampling_rate,
    windowSeconds: settings.max_length_s,
    padding: settings.padding,
    logMel: {
      fftSize: settings.fft_window_size,
      hopLength: settings.hop_length,
      bands: settings.feature_size,
      lowestHz: settings.frequency_min,
      highestHz: settings.frequency_max,
      scale: settings.truncation === 'fusion' ? 'htk' : 'slaney',
      channels: settings.truncation === 'fusion' ? 4 : 1,
    },
  };
  expect(inputShape(preprocessing)).toEqual(shape);
  const made = write(preprocessing, noise(samples));
  const worst = made.reduce(
    (worst, value, i) => Math.max(worst, Math.abs(value - features[i % features.length]!)), // each channel is the same
    0,
  );
  expect(worst).toBeLessThan(1e-4);
});

test('writes from the offset on, and nothing of a window stays for the next', () => {
  const preprocessing: AudioPreprocessing = {
    sampleRate: 800,
    windowSeconds: 1,
    padding: 'pad',
    logMel: { fftSize: 64, hopLength: 40, bands: 8, lowestHz: 20, highestHz: 380, scale: 'htk', channels: 4 },
  };
  const length = 4 * 21 * 8;
  const writer = createInputWriter(preprocessing);
  const target = new Float32Array(2 * length + 1).fill(7);
  writer(noise(800), target, 1);
  writer(noise(13), target, 1 + length);
  expect(target[0]).toBe(7);
  expect(target.slice(1, 1 + length)).toEqual(write(preprocessing, noise(800)));
  expect(target.slice(1 + length)).toEqual(write(preprocessing, noise(13)));
});

test('silence is -100 dB', () => {
  const preprocessing: AudioPreprocessing = {
    sampleRate: 800,
    windowSeconds: 1,
    padding: 'repeatpad',
    logMel: {
      fftSize: 64,
      hopLength: 40,
      bands: 8,
      lowestHz: 20,
      highestHz: 380,
      scale: 'slaney',
      channels: 1,
    },
  };
  expect(new Set(write(preprocessing, new Float32Array(5)))).toEqual(new Set([-100]));
});

test('passes samples on, filled up, where the network takes them', () => {
  const preprocessing = { sampleRate: 4, windowSeconds: 1.5, padding: 'repeat' } as const;
  expect(inputShape(preprocessing)).toEqual([6]);
  expect([...write(preprocessing, Float32Array.of(1, 2))]).toEqual([1, 2, 1, 2, 1, 2]);
});

test.each(['pad', 'repeat', 'repeatpad'] as const)(
  'refuses no samples, and too many, filled up by %s',
  (padding) => {
    const preprocessing = { sampleRate: 8000, windowSeconds: 0.01, padding };
    for (const count of [0, 81])
      expect(() => write(preprocessing, noise(count))).toThrow(
        expect.objectContaining({
          code: 'ERR_INVALID_OPTIONS',
          message: `a window of 1 to 80 samples was expected, ${count} came`,
        }),
      );
  },
);
