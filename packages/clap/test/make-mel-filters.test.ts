import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LogMelSettings } from '../src/index.js';
import { makeMelFilters } from '../src/make-mel-filters.js';

const hts: LogMelSettings = {
  fftSize: 1024,
  hopLength: 480,
  bands: 64,
  lowestHz: 50,
  highestHz: 14000,
  scale: 'slaney',
  channels: 1,
};

// librosa 0.11's mel_frequencies: 1000 Hz is mel 15, 6400 Hz mel 42; HTK's 1000 Hz is mel 1000.
test('centres lie where both scales put them', () => {
  const centre = (scale: LogMelSettings['scale'], highestHz: number) => {
    const [filter] = makeMelFilters(
      { ...hts, scale, bands: 1, lowestHz: 0, highestHz, fftSize: 65536 },
      48000,
    );
    const { first = 0, weights = new Float64Array() } = filter ?? {};
    return ((first + weights.indexOf(Math.max(...weights))) * 48000) / 65536;
  };
  expect(centre('slaney', 1000)).toBeCloseTo(500, -1);
  expect(centre('slaney', 6400)).toBeCloseTo(1000 * Math.exp((6 * Math.log(6.4)) / 27), -1); // mel 21
  expect(centre('htk', 1000)).toBeCloseTo(700 * (10 ** (500 / 2595) - 1), -1); // mel 500, nearly
});

test('Slaney’s have one area, HTK’s one height', () => {
  const fine = { ...hts, fftSize: 16384 };
  for (const { weights } of makeMelFilters(fine, 48000)) {
    const area = (weights.reduce((a, b) => a + b, 0) * 48000) / 16384;
    expect(area).toBeCloseTo(1, 1);
  }
  for (const { weights } of makeMelFilters({ ...fine, scale: 'htk' }, 48000)) {
    expect(Math.max(...weights)).toBeGreaterThan(0.9);
    expect(Math.max(...weights)).toBeLessThanOrEqual(1);
  }
});

test('weights are positive and within the spectrum, whatever the settings', () => {
  const power = fc.integer({ min: 1, max: 12 }).map((exponent) => 2 ** exponent);
  const hz = fc.double({ min: 0, max: 30_000, noNaN: true });
  const rate = fc.integer({ min: 100, max: 96_000 });
  const scale = fc.constantFrom('slaney' as const, 'htk' as const);
  fc.assert(
    fc.property(
      power,
      hz,
      hz,
      rate,
      scale,
      fc.integer({ min: 1, max: 80 }),
      (fftSize, a, b, rate, scale, bands) => {
        fc.pre(Math.abs(a - b) > 1);
        const [lowestHz, highestHz] = [Math.min(a, b), Math.max(a, b)];
        const filters = makeMelFilters({ ...hts, fftSize, lowestHz, highestHz, scale, bands }, rate);
        expect(filters).toHaveLength(bands);
        for (const { first, weights } of filters) {
          if (weights.length > 0) expect(first + weights.length).toBeLessThanOrEqual(fftSize / 2 + 1);
          expect(weights.every((weight) => weight >= -1e-9)).toBe(true);
        }
      },
    ),
  );
});
