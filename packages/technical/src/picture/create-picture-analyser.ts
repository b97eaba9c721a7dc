import {
  createStage,
  type Measurement,
  parseOptions,
  type Stage,
  type StageOptions,
  type VideoFrame,
} from '@deepffmpeg/core';
import { type FramePlan, type MeasurementPlan, measuredMiddle } from '@deepffmpeg/ffmpeg-filters';
import * as z from 'zod';
import type { TechnicalEvent } from '../technical-event.js';
import { blockinessOf } from './blockiness.js';
import { PictureEvents } from './picture-events.js';
import type { PictureSummary } from './picture-summary.js';

/** What `createPictureAnalyser` needs measured. */
export const pictureMeasurements = [
  { filter: 'scdet' },
  { filter: 'blackdetect' },
  { filter: 'freezedetect' },
  { filter: 'cropdetect' },
  { filter: 'signalstats' },
  { filter: 'idet' },
  { filter: 'blurdetect' },
  { filter: 'bitplanenoise' },
] as const satisfies readonly MeasurementPlan[];

/** And the frames that it looks for blocks in. ffmpeg's blockdetect adds up all frames so far, so it cannot tell when. */
export const pictureFrames = {
  tap: 'pictures',
  sample: { perSecond: 2 },
  crop: measuredMiddle, // coders treat all of a picture alike
  scaling: 'fast',
} as const satisfies FramePlan;

export interface PictureAnalyserOptions extends StageOptions {
  /** Name of the decode plan's entry whose frames to take. @defaultValue 'pictures' */
  readonly tap?: string | undefined;
}

const settingsSchema = z.strictObject({ tap: z.string().min(1).default('pictures') });
const filters: readonly string[] = pictureMeasurements.map(({ filter }) => filter);

/**
 * Makes events and a summary of what ffmpeg measured of the pictures.
 *
 * In: measurements by the filters of `pictureMeasurements`, frames as of `pictureFrames`. Those that are missing leave out what they
 * would tell. Out: an event for each time that is black (0.5 s or longer), frozen (2 s), letterboxed or pillarboxed (2 s), and blurred, blocky,
 * noisy, under- or overexposed (1 s) or interlaced (2 s), each when it is over; at the end a summary of each input. Holds some sums for each input.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, at once.
 */
export function createPictureAnalyser(
  options: PictureAnalyserOptions = {},
): Stage<Measurement | VideoFrame, TechnicalEvent | PictureSummary> {
  const { signal, highWaterMark, idleMs, ...settings } = options;
  const { tap } = parseOptions(settingsSchema, settings);
  const films = new Map<string, Film>();
  return createStage(
    {
      accepts: ['measurement', 'video-frame'],
      where: (chunk: Measurement | VideoFrame) =>
        chunk.type === 'video-frame' ? chunk.tap === tap : filters.includes(chunk.filter),
      transform(chunk: Measurement | VideoFrame) {
        const film = films.get(chunk.source) ?? new Film(chunk.source);
        films.set(chunk.source, film);
        return film.add(chunk.type === 'video-frame' ? measureBlocks(chunk) : chunk);
      },
      *flush() {
        for (const film of films.values()) yield* film.finish();
      },
    },
    { signal, highWaterMark, idleMs },
  );
}

function measureBlocks({ source, timestamp, durationSeconds, data, width, height }: VideoFrame): Measurement {
  const blockiness = blockinessOf(data, width, height);
  const values: Measurement['values'] = blockiness === undefined ? {} : { blockiness };
  return { type: 'measurement', source, timestamp, durationSeconds, filter: 'blockiness', values };
}

/** What is known of one input. */
class Film {
  readonly #source: string;
  readonly #events = new PictureEvents();
  readonly #frames = new Map<string, number>();
  readonly #means = new Map<string, { sum: number; weight: number }>();
  #repeatedFrames = 0;
  #begin = Number.POSITIVE_INFINITY;
  #end = Number.NEGATIVE_INFINITY;

  constructor(source: string) {
    this.#source = source;
  }

  *add(measurement: Measurement): Generator<TechnicalEvent> {
    const { filter, timestamp, durationSeconds, values } = measurement;
    this.#begin = Math.min(this.#begin, timestamp);
    this.#end = Math.max(this.#end, timestamp + durationSeconds);
    this.#frames.set(filter, (this.#frames.get(filter) ?? 0) + 1);
    if (values['isRepeated'] === 1) this.#repeatedFrames++;
    for (const [name, value] of Object.entries(values)) {
      const mean = this.#means.get(name) ?? { sum: 0, weight: 0 };
      this.#means.set(name, mean);
      const weight = Math.max(durationSeconds, LEAST_WEIGHT_SECONDS);
      mean.sum += value * weight;
      mean.weight += weight;
    }
    yield* this.#events.add(measurement);
  }

  *finish(): Generator<TechnicalEvent | PictureSummary> {
    yield* this.#events.finish(this.#source);
    yield {
      type: 'picture-summary',
      source: this.#source,
      startSeconds: this.#begin,
      durationSeconds: this.#end - this.#begin,
      frames: Math.max(...this.#frames.values()), // some filters see a part of them
      repeatedFrames: this.#repeatedFrames,
      lumaLowLevel: this.#mean('lumaLowLevel'),
      lumaMeanLevel: this.#mean('lumaMeanLevel'),
      lumaHighLevel: this.#mean('lumaHighLevel'),
      saturationMeanLevel: this.#mean('saturationMeanLevel'),
      edgeWidthPixels: this.#mean('edgeWidthPixels'),
      blockiness: this.#mean('blockiness'),
      noiseShare: this.#mean('noiseShare'),
      interlacedShare: this.#mean('isInterlaced'),
      changeMeanLevels: this.#mean('changeMeanLevels'),
    };
  }

  #mean(name: string): number | undefined {
    const mean = this.#means.get(name);
    return mean && mean.sum / mean.weight;
  }
}

/** A single picture has no duration, and yet its values. */
const LEAST_WEIGHT_SECONDS = 1e-6;
