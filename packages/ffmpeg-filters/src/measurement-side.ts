import type { Measurement } from '@deepffmpeg/core';
import { frameSecondsOf } from './frame-seconds.js';
import type { MeasurementLook } from './measurement-looks.js';
import { type MeasuredValues, measuringFilters, SAMPLES_KEY } from './measuring-filters.js';
import { type PrintedFrame, readPrintedFrames } from './printed-frames.js';
import type { SideItem } from './video-side.js';

/** Makes the measurements of one look out of what ffmpeg prints. Each lasts until the next, so those of one frame are held back. */
export class MeasurementSide {
  readonly kind: 'video' | 'audio';
  readonly #look: MeasurementLook;
  readonly #source: string;
  readonly #before = new Map<string, MeasuredValues>();
  #held: Moment | undefined;
  #lastSeconds = Number.NEGATIVE_INFINITY;
  #lastDuration: number;
  #largestStepBack = 0;

  constructor(look: MeasurementLook, source: string) {
    this.kind = look.kind;
    this.#look = look;
    this.#source = source;
    this.#lastDuration = frameSecondsOf(look.stream);
  }

  /** Time of the last frame, or of the end of the last block of sound, as far as that is known; -Infinity before the first. */
  get lastSeconds(): number {
    return this.kind === 'audio' ? this.ownEndSeconds : this.#lastSeconds;
  }

  get ownEndSeconds(): number {
    return this.#lastSeconds + (this.#held?.durationSeconds ?? this.#lastDuration);
  }

  /** Seconds by which times ran backwards at most. */
  get largestStepBack(): number {
    return this.#largestStepBack;
  }

  /** All of the input is measured. */
  readonly isDone = false;

  async *read(output: AsyncIterable<Uint8Array>): AsyncGenerator<SideItem<Measurement>> {
    const { numerator, denominator } = this.#look.timeBase;
    for await (const { number, pts, printed } of readPrintedFrames(output)) {
      if (pts === undefined) continue;
      const timestamp = (pts * numerator) / denominator + this.#look.shiftSeconds;
      const before = this.finish(timestamp);
      this.#held = this.#measure({ number, pts, printed }, timestamp);
      for (const chunk of before) yield { timestamp, chunk };
    }
  }

  /** Gives the measurements of the last frame, which lasts until `endSeconds`. */
  finish(endSeconds: number): Measurement[] {
    if (this.#held === undefined) return [];
    const { timestamp, durationSeconds = Math.max(0, endSeconds - timestamp), measured } = this.#held;
    this.#held = undefined;
    return measured.map(({ filter, values }) => ({
      type: 'measurement',
      source: this.#source,
      timestamp,
      durationSeconds,
      filter,
      values,
    }));
  }

  #measure({ number, printed }: PrintedFrame, timestamp: number): Moment {
    if (number === 0) this.#before.clear();
    if (timestamp < this.#lastSeconds)
      this.#largestStepBack = Math.max(this.#largestStepBack, this.#lastSeconds - timestamp);
    else if (this.#lastSeconds > Number.NEGATIVE_INFINITY) this.#lastDuration = timestamp - this.#lastSeconds;
    this.#lastSeconds = Math.max(this.#lastSeconds, timestamp);
    const measured = this.#look.filters.map(({ filter }) => {
      const values = measuringFilters[filter].read(printed, this.#before.get(filter), this.#look);
      this.#before.set(filter, values);
      return { filter, values };
    });
    const samples = Number(printed.get(SAMPLES_KEY) ?? Number.NaN);
    const { numerator, denominator } = this.#look.timeBase;
    return {
      timestamp,
      durationSeconds: Number.isNaN(samples) ? undefined : (samples * numerator) / denominator,
      measured,
    };
  }
}

/** What was measured of one frame. */
interface Moment {
  readonly timestamp: number;
  /** Where it is known; else it lasts until the next. */
  readonly durationSeconds: number | undefined;
  readonly measured: readonly { readonly filter: string; readonly values: MeasuredValues }[];
}
