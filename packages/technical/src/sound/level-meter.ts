import type { ChannelLevels } from './read-channels.js';

export interface ChannelSummary {
  /** Mean volume, decibels to full scale; -Infinity for silence. */
  readonly rmsDb: number;
  readonly peakDb: number;
  /** Mean of the samples, -1 to 1. */
  readonly dcOffset: number;
}

/** Tenths of a decibel, from -120 to 0. */
const BINS = 1200;
/** The quietest moments that are not silence. */
const FLOOR_SHARE = 0.05;

const powerOf = (levelDb: number) => 10 ** (levelDb / 10);
const levelOf = (power: number) => 10 * Math.log10(power);

/** Adds up the levels of blocks. Holds a histogram. */
export class LevelMeter {
  #samples = 0;
  readonly #channels: { power: number; peakDb: number; offset: number }[] = [];
  readonly #histogram = new Float64Array(BINS);

  add(channels: readonly ChannelLevels[], samples: number): void {
    this.#samples += samples;
    for (const [i, { rmsDb, peakDb, dcOffset }] of channels.entries()) {
      const sum = this.#channels[i] ?? { power: 0, peakDb: Number.NEGATIVE_INFINITY, offset: 0 };
      this.#channels[i] = sum;
      sum.power += powerOf(rmsDb) * samples;
      sum.peakDb = Math.max(sum.peakDb, peakDb);
      sum.offset += dcOffset * samples;
    }
    const meanDb = levelOf(channels.reduce((sum, { rmsDb }) => sum + powerOf(rmsDb), 0) / channels.length);
    const bin = Math.min(BINS - 1, Math.floor(BINS + meanDb * 10));
    if (bin >= 0) this.#histogram[bin]! += samples; // within the range
  }

  get channels(): ChannelSummary[] {
    return this.#channels.map(({ power, peakDb, offset }) => ({
      rmsDb: levelOf(power / this.#samples),
      peakDb,
      dcOffset: offset / this.#samples,
    }));
  }

  /** Of all channels, as volumedetect has it; undefined where nothing was measured. */
  get meanDb(): number | undefined {
    if (this.#samples === 0) return undefined;
    const power = this.#channels.reduce((sum, channel) => sum + channel.power, 0);
    return levelOf(power / this.#channels.length / this.#samples);
  }

  /** Undefined where nothing was measured. */
  get peakDb(): number | undefined {
    if (this.#channels.length === 0) return undefined;
    return Math.max(...this.#channels.map(({ peakDb }) => peakDb));
  }

  /** The level that a twentieth of the time is below, apart from silence under -120 dB; undefined if all is. */
  get noiseFloorDb(): number | undefined {
    const heard = this.#histogram.reduce((a, b) => a + b);
    let below = 0;
    for (const [bin, samples] of this.#histogram.entries()) {
      below += samples;
      if (samples > 0 && below >= heard * FLOOR_SHARE) return (bin - BINS) / 10;
    }
    return undefined;
  }
}
