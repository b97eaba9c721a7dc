import { SAMPLE_RATE, SAMPLES } from './sounds.js';

const WINDOW = 512;
const HOP = 160;
export const FRAMES = SAMPLES / HOP + 1;
export const BANDS = 64;
const LOWEST = 50;
const HIGHEST = 7000;
const BINS = WINDOW / 2 + 1;

/**
 * Features of a `ClapFeatureExtractor` as `preprocessor_config.json` sets it, by the shortest way rather than the fastest:
 * float32 `[FRAMES, BANDS]`, dB.
 */
export function logMel(sound: Float32Array): Float32Array {
  const features = new Float32Array(FRAMES * BANDS);
  for (let frame = 0; frame < FRAMES; frame++) {
    const powers = powerSpectrum(frameOf(sound, frame));
    FILTERS.forEach((filter, band) => {
      const power = filter.reduce((sum, weight, bin) => sum + weight * powers[bin]!, 0);
      features[frame * BANDS + band] = 10 * Math.log10(Math.max(power, 1e-10));
    });
  }
  return features;
}

/** Frames are centred: the ends are mirrored. */
function frameOf(sound: Float32Array, frame: number): Float64Array {
  return Float64Array.from({ length: WINDOW }, (_, i) => {
    const at = Math.abs(frame * HOP + i - WINDOW / 2);
    const sample = sound[at < SAMPLES ? at : 2 * (SAMPLES - 1) - at]!;
    return sample * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / WINDOW));
  });
}

const COSINES = Float64Array.from({ length: WINDOW }, (_, i) => Math.cos((2 * Math.PI * i) / WINDOW));

function powerSpectrum(samples: Float64Array): Float64Array {
  return Float64Array.from({ length: BINS }, (_, bin) => {
    let real = 0;
    let imaginary = 0;
    for (let i = 0; i < WINDOW; i++) {
      real += samples[i]! * COSINES[(i * bin) % WINDOW]!;
      imaginary += samples[i]! * COSINES[(i * bin + WINDOW / 4) % WINDOW]!;
    }
    return real * real + imaginary * imaginary;
  });
}

/** Slaney's mel scale and norm. */
const FILTERS = melFilters();

function melFilters(): Float64Array[] {
  const step = (toMel(HIGHEST) - toMel(LOWEST)) / (BANDS + 1);
  const corner = (i: number) => toHertz(toMel(LOWEST) + i * step);
  return Array.from({ length: BANDS }, (_, band) => {
    const [low, middle, high] = [corner(band), corner(band + 1), corner(band + 2)];
    return Float64Array.from({ length: BINS }, (_, bin) => {
      const hertz = (bin * SAMPLE_RATE) / WINDOW;
      const height = Math.min((hertz - low) / (middle - low), (high - hertz) / (high - middle));
      return (Math.max(0, height) * 2) / (high - low);
    });
  });
}

function toMel(hertz: number): number {
  return hertz < 1000 ? (3 * hertz) / 200 : 15 + (Math.log(hertz / 1000) * 27) / Math.log(6.4);
}

function toHertz(mel: number): number {
  return mel < 15 ? (200 * mel) / 3 : 1000 * Math.exp(((mel - 15) * Math.log(6.4)) / 27);
}
