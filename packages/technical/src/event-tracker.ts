import { type Timed, TOLERANCE_SECONDS } from '@deepffmpeg/core';
import type { TechnicalEvent, TechnicalEventKind } from './technical-event.js';

type Values = Readonly<Record<string, number>>;

export interface EventLimits {
  /** Shorter ones are none. */
  readonly leastSeconds: number;
  /** Two with less between them are one. */
  readonly gapSeconds: number;
}

interface Run {
  readonly begin: number;
  end: number;
  seconds: number;
  readonly sums: Map<string, number>;
}

/** Makes events of one kind out of what holds at one moment after the other. An event is known when the gap behind it is. */
export class EventTracker {
  readonly #kind: TechnicalEventKind;
  readonly #limits: EventLimits;
  #run: Run | undefined;
  #total = 0;

  constructor(kind: TechnicalEventKind, limits: EventLimits) {
    this.#kind = kind;
    this.#limits = limits;
  }

  /** How long it held in all events so far, in seconds: without the gaps that they bridge. */
  get totalSeconds(): number {
    return this.#total;
  }

  get #longestGap(): number {
    return this.#limits.gapSeconds + TOLERANCE_SECONDS;
  }

  /** @param values what it is told by, while it holds; undefined while it does not */
  add(at: Timed, values: Values | undefined): TechnicalEvent[] {
    const { timestamp, durationSeconds } = at;
    const run = this.#run;
    if (values === undefined) {
      // Time that ran back has no gap either.
      const isOver = run !== undefined && timestamp + durationSeconds - run.end > this.#longestGap;
      return isOver ? this.finish(at.source) : [];
    }
    const isNear = run !== undefined && Math.abs(timestamp - run.end) <= this.#longestGap;
    const ended = isNear ? [] : this.finish(at.source);
    this.#run = extend(
      isNear ? run : { begin: timestamp, end: timestamp, seconds: 0, sums: new Map() },
      at,
      values,
    );
    return ended;
  }

  /** Closes what is open. */
  finish(source: string): TechnicalEvent[] {
    const run = this.#run;
    this.#run = undefined;
    if (run === undefined || run.end - run.begin < this.#limits.leastSeconds - TOLERANCE_SECONDS) return [];
    this.#total += run.seconds;
    const means = [...run.sums].map(([name, sum]) => [name, run.seconds > 0 ? sum / run.seconds : sum]);
    return [
      {
        type: 'technical-event',
        source,
        kind: this.#kind,
        timestamp: run.begin,
        durationSeconds: run.end - run.begin,
        values: Object.fromEntries(means),
      },
    ];
  }
}

/** Without durations, as of a single picture, all values count alike. */
function extend(run: Run, { timestamp, durationSeconds }: Timed, values: Values): Run {
  run.end = Math.max(run.end, timestamp + durationSeconds);
  run.seconds += durationSeconds;
  for (const [name, value] of Object.entries(values))
    run.sums.set(name, (run.sums.get(name) ?? 0) + value * durationSeconds);
  return run;
}
