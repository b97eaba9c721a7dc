import { type Measurement, TOLERANCE_SECONDS } from '@deepffmpeg/core';
import type { TechnicalEvent } from '../technical-event.js';

/** Of the picture's side: two rows of the 180 that are looked at may be dark by chance. */
const LEAST_SHARE = 0.02;
/** Bars are as wide on both sides, but for rounding. */
const MOST_UNEVEN_SHARE = 0.02;
/** A dark scene may have dark edges for a while; the narrowest it shows over this time is what a bar covers. */
const LEAST_SECONDS = 2;

interface Run {
  readonly begin: number;
  end: number;
  first: number;
  second: number;
}

/**
 * Finds the times with black bars on two opposite sides. The narrowest of a run count, as a dark picture looks like wider bars; a
 * picture without an edge says nothing.
 */
export class BarTracker {
  readonly #kind: 'letterbox' | 'pillarbox';
  readonly #names: readonly [string, string];
  #run: Run | undefined;

  constructor(kind: 'letterbox' | 'pillarbox', first: string, second: string) {
    this.#kind = kind;
    this.#names = [first, second];
  }

  add({ source, timestamp, durationSeconds, values }: Measurement): TechnicalEvent[] {
    const [first, second] = this.#names.map((name) => values[name]);
    if (first === undefined || second === undefined) return [];
    if (Math.min(first, second) < LEAST_SHARE) return this.finish(source);
    this.#run ??= { begin: timestamp, end: timestamp, first, second };
    this.#run.end = Math.max(this.#run.end, timestamp + durationSeconds);
    this.#run.first = Math.min(this.#run.first, first);
    this.#run.second = Math.min(this.#run.second, second);
    return [];
  }

  finish(source: string): TechnicalEvent[] {
    const run = this.#run;
    this.#run = undefined;
    if (run === undefined || run.end - run.begin < LEAST_SECONDS - TOLERANCE_SECONDS) return [];
    if (Math.abs(run.first - run.second) > MOST_UNEVEN_SHARE) return [];
    const [first, second] = this.#names;
    const place = { timestamp: run.begin, durationSeconds: run.end - run.begin };
    const values = { [first]: run.first, [second]: run.second };
    return [{ type: 'technical-event', source, kind: this.#kind, ...place, values }];
  }
}
