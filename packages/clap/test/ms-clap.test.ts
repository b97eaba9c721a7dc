import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createLogMelWriter } from '../src/create-log-mel-writer.js';
import { fillWindow } from '../src/fill-window.js';

interface Golden {
  readonly cases: readonly { readonly length: number; readonly sha256: string }[];
  readonly log_mel: {
    readonly frames: number;
    readonly every_ninth_band_of_frame: Readonly<Record<string, readonly number[]>>;
  };
}

// msclap 1.3.4, torchlibrosa 0.1.0: tools/golden/ms_clap_samples.py
const golden: Golden = JSON.parse(readFileSync(new URL('golden/ms-clap.json', import.meta.url), 'utf8'));

const sampleRate = 44_100;

/** The same samples as in the script. */
function signal(length: number): Float32Array {
  let state = 7;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) / 2 ** 23 - 1;
  });
}

test.each(golden.cases)(
  '$length samples become a window as in the reference, in every bit',
  ({ length, sha256 }) => {
    const window = fillWindow(signal(length), 7 * sampleRate, 'repeat');
    expect(createHash('sha256').update(new Uint8Array(window.buffer)).digest('hex')).toBe(sha256);
  },
);

test('the log-mel spectrogram that its network begins with is ours for the settings it was built with', () => {
  // Its bands are those of 32 kHz, whatever the sound has: msclap/models/htsat.py reads models/config.py.
  const settings = { fftSize: 1024, hopLength: 320, bands: 64, lowestHz: 50, highestHz: 14_000 };
  const write = createLogMelWriter({ ...settings, scale: 'slaney', channels: 1 }, 32_000, sampleRate);
  const { frames, every_ninth_band_of_frame } = golden.log_mel;
  const values = new Float32Array(frames * 64);
  write(signal(sampleRate), values, 0);
  for (const [frame, row] of Object.entries(every_ninth_band_of_frame)) {
    row.forEach((value, i) => {
      // A float32 transform of noise, 4 decimals written.
      expect(Math.abs(values[Number(frame) * 64 + 9 * i]! - value)).toBeLessThan(2e-3);
    });
  }
});
