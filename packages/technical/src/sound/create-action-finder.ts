import {
  createStage,
  type Measurement,
  parseOptions,
  type Stage,
  type StageOptions,
  type Timed,
  TOLERANCE_SECONDS,
} from '@deepffmpeg/core';
import * as z from 'zod';
import { mostMissingSeconds } from '../read-seconds-of.js';
import { readChannels } from './read-channels.js';
import { Silences } from './silences.js';

/** A time in which something may happen, as the sound tells; its middle is the moment. */
export interface ActionMoment extends Timed {
  readonly type: 'action-moment';
  /** Sound before the first silence, between two, after the last; a loud second; a cut (see `sceneMoments`). */
  readonly kind: 'initial_audio' | 'sound_section' | 'final_audio' | 'volume_peak' | 'scene_change';
  /** 0 to 1. */
  readonly intensity: number;
  /** Of a loud second, decibels to full scale. */
  readonly maxVolumeDb?: number;
}

export interface ActionFinderOptions extends StageOptions {
  /** Of the whole input, in seconds, as its container tells; undefined where it does not: then as long as there is sound. */
  readonly durationSeconds: number | undefined;
  /** When the input begins on its own clock. @defaultValue 0 */
  readonly startSeconds?: number | undefined;
}

const settingsSchema = z.strictObject({
  durationSeconds: z.number().min(0).optional(),
  startSeconds: z.number().default(0),
});

type Settings = z.output<typeof settingsSchema>;

/** Sound of no more than this before, between or behind silences is none. */
const LEAST_SOUND_SECONDS = 0.5;
/** A section of so many seconds has the intensity 1. */
const FULL_SECTION_SECONDS = 5;
const EDGE_INTENSITY = 0.7;
/** Shorter inputs are not listened to for loud seconds. */
const LEAST_PROBED_SECONDS = 5;
const [FEWEST_PROBES, MOST_PROBES, SECONDS_A_PROBE] = [10, 20, 5];
const PROBE_SECONDS = 1;
const LOUD_DB = -10;
/** From here to full scale the intensity rises from 0 to 1. */
const FAINT_DB = -30;
/** A loud second must be farther than this from every other moment. */
const APART_SECONDS = 1;

/**
 * Finds the moments in which something may happen in one input, by the rules of DeepFFMPEGVideoClassification's technical analysis: around
 * silences, and in one-second probes spread over the input, which here are windows of the same decode.
 *
 * In: measurements by silencedetect (-30 dB, 0.5 s) and astats. Out: at the end, the moments in order of their middles. Holds them and 20
 * levels; where the duration is not told, all levels.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, at once.
 */
export function createActionFinder(options: ActionFinderOptions): Stage<Measurement, ActionMoment> {
  const { signal, highWaterMark, idleMs, ...settings } = options;
  const finder = new ActionFinder(parseOptions(settingsSchema, settings));
  return createStage(
    {
      accepts: ['measurement'],
      where: ({ filter }) => filter === 'silencedetect' || filter === 'astats',
      transform(measurement) {
        finder.add(measurement);
        return [];
      },
      flush: () => finder.finish(),
    },
    { signal, highWaterMark, idleMs },
  );
}

/** A second that is listened to. */
interface Probe {
  readonly begin: number;
  maxVolumeDb: number;
}

/** The loudest sample of a block, and the block's middle. */
interface Level {
  readonly middle: number;
  readonly peakDb: number;
}

function probesOf(startSeconds: number, durationSeconds: number): Probe[] {
  const count = Math.floor(Math.min(MOST_PROBES, Math.max(FEWEST_PROBES, durationSeconds / SECONDS_A_PROBE)));
  return Array.from(
    { length: durationSeconds < LEAST_PROBED_SECONDS - TOLERANCE_SECONDS ? 0 : count },
    (_, i) => ({
      begin: startSeconds + (i * durationSeconds) / count,
      maxVolumeDb: Number.NEGATIVE_INFINITY,
    }),
  );
}

class ActionFinder {
  readonly #settings: Settings;
  readonly #silences = new Silences();
  readonly #moments: ActionMoment[] = [];
  #probes: Probe[] = [];
  /** Kept where nobody knows yet when the probes are. */
  readonly #levels: Level[] = [];
  #source = '';
  #lastSilenceEnd: number | undefined;
  #heardUntil = Number.NEGATIVE_INFINITY;

  constructor(settings: Settings) {
    const { durationSeconds, startSeconds } = settings;
    this.#settings = settings;
    if (durationSeconds !== undefined) this.#probes = probesOf(startSeconds, durationSeconds);
  }

  add(measurement: Measurement): void {
    const { filter, source, timestamp, durationSeconds, values } = measurement;
    this.#source = source;
    this.#heardUntil = Math.max(this.#heardUntil, timestamp + durationSeconds);
    if (filter === 'silencedetect') {
      for (const silence of this.#silences.add(measurement)) this.#addSilence(silence);
      return;
    }
    const middle = timestamp + durationSeconds / 2;
    const peakDb = Math.max(...readChannels(values).map((channel) => channel.peakDb));
    if (this.#settings.durationSeconds === undefined) this.#levels.push({ middle, peakDb });
    else this.#hear({ middle, peakDb });
  }

  finish(): ActionMoment[] {
    if (this.#source === '') return []; // without sound there is nothing to tell
    const { startSeconds, durationSeconds = this.#heardUntil - startSeconds } = this.#settings;
    if (this.#levels.length > 0) this.#probes = probesOf(startSeconds, durationSeconds);
    for (const level of this.#levels) this.#hear(level);
    for (const silence of this.#silences.finish(this.#source)) this.#addSilence(silence);
    const told = startSeconds + durationSeconds;
    const end = told - this.#heardUntil > mostMissingSeconds ? this.#heardUntil : told;
    if (this.#lastSilenceEnd !== undefined)
      this.#addSection('final_audio', this.#lastSilenceEnd, end, EDGE_INTENSITY);
    for (const probe of this.#probes) this.#addPeak(probe);
    return this.#moments.toSorted((a, b) => middleOf(a) - middleOf(b));
  }

  #hear({ middle, peakDb }: Level): void {
    for (const probe of this.#probes)
      if (middle >= probe.begin && middle < probe.begin + PROBE_SECONDS)
        probe.maxVolumeDb = Math.max(probe.maxVolumeDb, peakDb);
  }

  #addSilence({ timestamp, durationSeconds }: Timed): void {
    if (this.#lastSilenceEnd === undefined)
      this.#addSection('initial_audio', this.#settings.startSeconds, timestamp, EDGE_INTENSITY);
    else
      this.#addSection(
        'sound_section',
        this.#lastSilenceEnd,
        timestamp,
        Math.min(1, (timestamp - this.#lastSilenceEnd) / FULL_SECTION_SECONDS),
      );
    this.#lastSilenceEnd = timestamp + durationSeconds;
  }

  #addSection(kind: ActionMoment['kind'], begin: number, end: number, intensity: number): void {
    if (end - begin > LEAST_SOUND_SECONDS + TOLERANCE_SECONDS) this.#add(kind, begin, end - begin, intensity);
  }

  #addPeak({ begin, maxVolumeDb }: Probe): void {
    const middle = begin + PROBE_SECONDS / 2;
    const isApart = this.#moments.every(
      (moment) => Math.abs(middleOf(moment) - middle) > APART_SECONDS + TOLERANCE_SECONDS,
    );
    if (maxVolumeDb <= LOUD_DB || !isApart) return;
    const intensity = Math.min(1, (maxVolumeDb - FAINT_DB) / -FAINT_DB);
    this.#add('volume_peak', begin, PROBE_SECONDS, intensity, { maxVolumeDb });
  }

  #add(
    kind: ActionMoment['kind'],
    timestamp: number,
    durationSeconds: number,
    intensity: number,
    more: Pick<ActionMoment, 'maxVolumeDb'> = {},
  ): void {
    this.#moments.push({
      type: 'action-moment',
      source: this.#source,
      kind,
      timestamp,
      durationSeconds,
      intensity,
      ...more,
    });
  }
}

const middleOf = ({ timestamp, durationSeconds }: Timed) => timestamp + durationSeconds / 2;
