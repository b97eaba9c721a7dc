import type { LogMelSettings } from './clap-model.js';

/** What a mel band takes of a power spectrum: the weights of the bins from `first` on; all others weigh nothing. */
export interface MelFilter {
  readonly first: number;
  readonly weights: Float64Array;
}

interface MelScale {
  toMel(hz: number): number;
  toHz(mel: number): number;
}

/** Slaney's is straight up to 1000 Hz and logarithmic from there on. */
const SLANEY = { hzPerMel: 200 / 3, cornerHz: 1000, cornerMel: 15, perOctave: 27 / Math.log(6.4) };

const scales: Record<LogMelSettings['scale'], MelScale> = {
  slaney: {
    toMel: (hz) =>
      hz < SLANEY.cornerHz
        ? hz / SLANEY.hzPerMel
        : SLANEY.cornerMel + Math.log(hz / SLANEY.cornerHz) * SLANEY.perOctave,
    toHz: (mel) =>
      mel < SLANEY.cornerMel
        ? mel * SLANEY.hzPerMel
        : SLANEY.cornerHz * Math.exp((mel - SLANEY.cornerMel) / SLANEY.perOctave),
  },
  htk: {
    toMel: (hz) => 2595 * Math.log10(1 + hz / 700),
    toHz: (mel) => 700 * (10 ** (mel / 2595) - 1),
  },
};

/**
 * Makes triangular filters whose corners lie evenly on the mel scale. Slaney's are divided by their width, so that
 * all have one area.
 *
 * @see Slaney 1998, Auditory Toolbox, Technical Report 1998-010; Young et al., The HTK Book, section 5.4
 */
export function makeMelFilters(
  { fftSize, bands, lowestHz, highestHz, scale }: LogMelSettings,
  sampleRate: number,
): readonly MelFilter[] {
  const { toMel, toHz } = scales[scale];
  const [lowest, highest] = [toMel(lowestHz), toMel(highestHz)];
  const corners = Array.from({ length: bands + 2 }, (_, i) =>
    toHz(lowest + ((highest - lowest) * i) / (bands + 1)),
  );
  const binCount = fftSize / 2 + 1;
  const hzPerBin = Math.floor(sampleRate / 2) / (fftSize / 2);

  return Array.from({ length: bands }, (_, band) => {
    const [start, peak, end] = corners.slice(band, band + 3) as [number, number, number]; // two more than bands
    const height = scale === 'slaney' ? 2 / (end - start) : 1;
    const first = Math.max(0, Math.floor(start / hzPerBin) + 1); // the bin at `start` itself weighs nothing
    const last = Math.min(binCount, Math.ceil(end / hzPerBin));
    return {
      first,
      weights: Float64Array.from({ length: Math.max(0, last - first) }, (_, i) => {
        const hz = (first + i) * hzPerBin;
        return height * Math.min((hz - start) / (peak - start), (end - hz) / (end - peak));
      }),
    };
  });
}
