import FFT from 'fft.js';
import type { LogMelSettings } from './clap-model.js';
import { frameCount } from './input-shape.js';
import { type MelFilter, makeMelFilters } from './make-mel-filters.js';

/** Writes the features of a whole window, float32, `[frames, bands]`, dB, into `target` from `offset` on. */
export type LogMelWriter = (window: Float32Array, target: Float32Array, offset: number) => void;

/** Power below it counts as this much, -100 dB. */
const FLOOR = 1e-10;

/**
 * Makes the step from the samples of a window to its log-mel spectrogram: frames that are centred on every
 * `hopLength`-th sample (the ends are mirrored), a periodic Hann window, power, mel bands, dB. Computes in float64:
 * near the floor, float32 would be off by up to 0.2 dB. Holds one window as float64.
 *
 * @see https://github.com/huggingface/transformers/blob/v4.57.6/src/transformers/audio_utils.py (`spectrogram`)
 */
export function createLogMelWriter(
  settings: LogMelSettings,
  sampleRate: number,
  windowLength: number,
): LogMelWriter {
  const { fftSize, hopLength, bands } = settings;
  const frames = frameCount(windowLength, hopLength);
  const filters = makeMelFilters(settings, sampleRate);
  const hann = Float64Array.from(
    { length: fftSize },
    (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / fftSize),
  );
  const fft = new FFT(fftSize);
  const mirrored = new Float64Array(windowLength + fftSize);
  const frame = new Float64Array(fftSize);
  const spectrum = new Float64Array(2 * fftSize);
  const power = new Float64Array(fftSize / 2 + 1);

  return (window, target, offset) => {
    mirrorEnds(window, mirrored);
    for (let t = 0; t < frames; t++) {
      for (let i = 0; i < fftSize; i++) frame[i] = mirrored[t * hopLength + i]! * hann[i]!; // both in range
      fft.realTransform(spectrum, frame);
      for (let bin = 0; bin < power.length; bin++)
        power[bin] = spectrum[2 * bin]! ** 2 + spectrum[2 * bin + 1]! ** 2; // real and imaginary parts alternate
      for (let band = 0; band < bands; band++) {
        const sum = weigh(power, filters[band]!); // one filter a band
        target[offset + t * bands + band] = 10 * Math.log10(Math.max(FLOOR, sum));
      }
    }
  };
}

/** Puts samples into the middle of `target`, and before and after them their mirror image without the end itself. */
function mirrorEnds(samples: Float32Array, target: Float64Array): void {
  const { length } = samples;
  const half = (target.length - length) / 2;
  target.set(samples, half);
  for (let i = 1; i <= half; i++) {
    target[half - i] = samples[i]!; // a window is longer than half a transform
    target[half + length - 1 + i] = samples[length - 1 - i]!;
  }
}

function weigh(power: Float64Array, { first, weights }: MelFilter): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += power[first + i]! * weights[i]!; // a filter ends with the spectrum
  return sum;
}
