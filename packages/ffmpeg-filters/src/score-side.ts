import { MediaError, type Scores } from '@deepffmpeg/core';
import { frameSecondsOf } from './frame-seconds.js';
import type { Printed } from './measuring-filters.js';
import { readPrintedFrames } from './printed-frames.js';
import { latestTime, reaches, wantsFrame } from './sample-filters.js';
import type { ScoringLook } from './scoring-looks.js';
import type { SideItem } from './video-side.js';

/** Makes scores out of what the filters `clip` and `clap` print. A frame lasts until the next, so its scores are held back. */
export class ScoreSide {
  readonly kind: 'video' | 'audio';
  readonly #look: ScoringLook;
  readonly #source: string;
  #held: Scores | undefined;
  #lastSeconds = Number.NEGATIVE_INFINITY;
  #lastScored: number | undefined;
  #largestStepBack = 0;
  readonly #frameSeconds: number;
  #count = 0;
  #isDone = false;

  constructor(look: ScoringLook, source: string) {
    this.kind = look.kind;
    this.#look = look;
    this.#source = source;
    this.#frameSeconds = frameSecondsOf(look.stream);
  }

  /** Time of the last frame, scored or not, or end of the last window; -Infinity before the first. */
  get lastSeconds(): number {
    return this.#lastSeconds;
  }

  get ownEndSeconds(): number {
    return this.#lastSeconds + this.#frameSeconds;
  }

  /** Seconds by which times ran backwards at most. */
  get largestStepBack(): number {
    return this.#largestStepBack;
  }

  /** Whether the plan wants no more. */
  get isDone(): boolean {
    return this.#isDone;
  }

  /** How many frames were scored. */
  get count(): number {
    return this.kind === 'video' ? this.#count : 0;
  }

  async *read(output: AsyncIterable<Uint8Array>): AsyncGenerator<SideItem<Scores>> {
    const { numerator, denominator } = this.#look.timeBase;
    for await (const { pts, printed } of readPrintedFrames(output)) {
      if (pts === undefined) continue;
      const timestamp = (pts * numerator) / denominator;
      const chunk = printed.has(`lavfi.${this.#look.plan.filter}.probabilities`)
        ? this.#take(timestamp, printed)
        : this.#see(timestamp);
      yield { timestamp: this.#lastSeconds, chunk };
    }
  }

  /** Gives the scores of the last frame, which lasts until `endSeconds`. */
  finish(endSeconds: number): Scores[] {
    const held = this.#held;
    this.#held = undefined;
    return held ? [{ ...held, durationSeconds: Math.max(0, endSeconds - held.timestamp) }] : [];
  }

  #see(timestamp: number): undefined {
    if (timestamp < this.#lastSeconds)
      this.#largestStepBack = Math.max(this.#largestStepBack, this.#lastSeconds - timestamp);
    this.#lastSeconds = Math.max(this.#lastSeconds, timestamp);
  }

  #take(timestamp: number, printed: Printed): Scores | undefined {
    const { plan } = this.#look;
    if (plan.filter === 'clap') {
      const samples = Math.round(Number(printed.get('lavfi.clap.duration')) * plan.sampleRate);
      this.#lastSeconds = Math.max(this.#lastSeconds, timestamp + samples / plan.sampleRate);
      return this.#scores(timestamp, samples / plan.sampleRate, printed);
    }
    if (this.#isDone) return undefined;
    this.#isDone = reaches(timestamp, latestTime(plan.sample));
    const before = this.#lastScored;
    this.#lastScored = timestamp;
    if (!wantsFrame(plan.sample, timestamp, before)) return undefined;
    const [done] = this.finish(timestamp);
    this.#held = this.#scores(timestamp, 0, printed); // how long is known when the next one comes
    this.#count++;
    return done;
  }

  #scores(timestamp: number, durationSeconds: number, printed: Printed): Scores {
    const { filter, labels } = this.#look.plan;
    const count = labels.labelSet.groups.reduce((sum, group) => sum + group.labels.length, 0);
    return {
      type: 'scores',
      source: this.#source,
      timestamp,
      durationSeconds,
      modality: filter === 'clip' ? 'vision' : 'audio',
      model: labels.model,
      labelSet: labels.labelSet,
      similarities: numbersOf(printed, `lavfi.${filter}.similarities`, count),
      probabilities: numbersOf(printed, `lavfi.${filter}.probabilities`, count),
    };
  }
}

function numbersOf(printed: Printed, key: string, count: number): Float32Array {
  const numbers = Float32Array.from((printed.get(key) ?? '').split(' '), Number);
  if (numbers.length === count && numbers.every(Number.isFinite)) return numbers;
  throw new MediaError(
    'ERR_MISMATCH',
    `ffmpeg printed ${numbers.length} numbers as ${key}, ${count} were expected: do texts and labels belong together?`,
  );
}
