import { createStage, type Measurement, type Stage, type StageOptions } from '@deepffmpeg/core';
import type { MeasurementPlan } from '@deepffmpeg/ffmpeg-filters';
import type { TechnicalEvent } from '../technical-event.js';
import { LevelMeter } from './level-meter.js';
import { readChannels } from './read-channels.js';
import { Silences } from './silences.js';
import { SoundEvents } from './sound-events.js';
import type { SoundSummary } from './sound-summary.js';

/** What tells levels, silences and moments of action. */
export const levelMeasurements = [
  { filter: 'silencedetect', options: { noise: '-30dB', d: 0.5 } },
  { filter: 'astats' },
] as const satisfies readonly MeasurementPlan[];

/** What `createSoundAnalyser` needs measured. */
export const soundMeasurements = [
  ...levelMeasurements,
  { filter: 'aphasemeter' },
  { filter: 'ebur128' },
] as const satisfies readonly MeasurementPlan[];

const filters: readonly string[] = soundMeasurements.map(({ filter }) => filter);

/**
 * Makes events and a summary of what ffmpeg measured of the sound.
 *
 * In: measurements by the filters of `soundMeasurements` (below -30 dB for half a second is silence; other limits go into the plan).
 * Those that are missing leave out what they would tell. Out: an event for each silence, clipping, dead channel, inverted phase, and one
 * channel twice, each when it is over; at the end a summary of each input. Holds a histogram for each input.
 */
export function createSoundAnalyser(
  options: StageOptions = {},
): Stage<Measurement, TechnicalEvent | SoundSummary> {
  const sounds = new Map<string, Sound>();
  return createStage(
    {
      accepts: ['measurement'],
      where: ({ filter }) => filters.includes(filter),
      transform(measurement) {
        const sound = sounds.get(measurement.source) ?? new Sound(measurement.source);
        sounds.set(measurement.source, sound);
        return sound.add(measurement);
      },
      *flush() {
        for (const sound of sounds.values()) yield* sound.finish();
      },
    },
    options,
  );
}

/** What is known of one input. */
class Sound {
  readonly #source: string;
  readonly #meter = new LevelMeter();
  readonly #silences = new Silences();
  readonly #events = new SoundEvents();
  #loudness: Readonly<Record<string, number>> = {};
  /** How many of its values a range can rest on. */
  #shortTerms = 0;
  #phase = { sum: 0, seconds: 0 };
  #isHeard = false;
  #begin = Number.POSITIVE_INFINITY;
  #end = Number.NEGATIVE_INFINITY;

  constructor(source: string) {
    this.#source = source;
  }

  *add(measurement: Measurement): Generator<TechnicalEvent> {
    const { filter, timestamp, durationSeconds, values } = measurement;
    this.#begin = Math.min(this.#begin, timestamp);
    this.#end = Math.max(this.#end, timestamp + durationSeconds);
    if (filter === 'silencedetect') yield* this.#silences.add(measurement);
    // The last block, when it is short, comes without values.
    if (filter === 'ebur128') {
      this.#loudness = { ...this.#loudness, ...values };
      if ((values['shortTermLufs'] ?? Number.NEGATIVE_INFINITY) > ABSOLUTE_GATE_LUFS) this.#shortTerms++;
    }
    if (filter === 'astats') {
      const channels = readChannels(values);
      if (channels.length === 0) return;
      this.#meter.add(channels, values['samples'] ?? 0);
      this.#isHeard = channels.some(({ rmsDb }) => rmsDb > Number.NEGATIVE_INFINITY);
      yield* this.#events.levels(measurement, channels);
    }
    const { phase } = values;
    if (filter !== 'aphasemeter' || phase === undefined) return;
    if (this.#isHeard) {
      this.#phase.sum += phase * durationSeconds;
      this.#phase.seconds += durationSeconds;
    }
    yield* this.#events.phase(measurement, phase);
  }

  *finish(): Generator<TechnicalEvent | SoundSummary> {
    yield* this.#silences.finish(this.#source);
    yield* this.#events.finish(this.#source);
    const { integratedLufs, rangeLu, truePeakDb } = this.#loudness;
    const hasLoudness = integratedLufs !== undefined && integratedLufs > ABSOLUTE_GATE_LUFS;
    yield {
      type: 'sound-summary',
      source: this.#source,
      startSeconds: this.#begin,
      durationSeconds: this.#end - this.#begin,
      meanVolumeDb: this.#meter.meanDb,
      maxVolumeDb: this.#meter.peakDb,
      channels: this.#meter.channels,
      integratedLufs: hasLoudness ? integratedLufs : undefined,
      rangeLu: hasLoudness && this.#shortTerms >= FEWEST_SHORT_TERMS ? rangeLu : undefined,
      // ffmpeg tells it in thousandths of full scale, which of a faint sound are none.
      truePeakDb:
        truePeakDb === undefined ? undefined : Math.max(truePeakDb, this.#meter.peakDb ?? truePeakDb),
      noiseFloorDb: this.#meter.noiseFloorDb,
      phase: this.#phase.seconds > 0 ? this.#phase.sum / this.#phase.seconds : undefined,
      silentSeconds: this.#silences.totalSeconds,
      clippedSeconds: this.#events.clippedSeconds,
    };
  }
}

/** What ffmpeg gives where nothing counted. @see EBU Tech 3341, absolute gate */
const ABSOLUTE_GATE_LUFS = -70;

/**
 * Of fewer short-term values, a tenth rounds to none: ffmpeg then takes the gate, 20 LU below, for the lower end of their range; of
 * none it tells 0. @see libavfilter/f_ebur128.c, LRA
 */
const FEWEST_SHORT_TERMS = 5;
