import type { Scores, Segment } from './chunks.js';
import { LabelRuns, type RunLimits } from './label-runs.js';
import { BRIDGED_SECONDS } from './time-limits.js';

/** Pauses are alike if none is so many times as long as another. */
const ALIKE = 1.5;

/**
 * The labels that hold in the scores of whole frames or windows, also where these lie apart at regular steps.
 *
 * Whether there are regular pauses is known as soon as two scores touch or two pauses in a row are alike. Until then, the scores behind
 * a pause wait for the next ones, which judge it.
 */
export class WindowRuns {
  /** Not to be forgotten while time goes on, as it knows when the last scores ended. */
  readonly isSpent = false;
  readonly #runs: LabelRuns;
  /** When the last scores that came end. */
  #end: number | undefined;
  #waiting: Scores | undefined;
  #pause: number | undefined;
  #knowsPauses = false;

  constructor(limits: RunLimits) {
    this.#runs = new LabelRuns(limits, BRIDGED_SECONDS);
  }

  /** Takes the next scores, and gives the segments that end before them. */
  add(scores: Scores): Segment[] {
    const { timestamp, durationSeconds } = scores;
    const waiting = this.#waiting;
    const isFirst = this.#end === undefined;
    if (this.#end !== undefined && !this.#knowsPauses) this.#judge(timestamp - this.#end);
    this.#end = timestamp + durationSeconds;
    this.#waiting = isFirst || this.#knowsPauses ? undefined : scores;
    const ended = waiting ? this.#runs.add(waiting) : [];
    return this.#waiting ? ended : [...ended, ...this.#runs.add(scores)];
  }

  /** Whether what was there is gone at the time that comes next. */
  isOver(timestamp: number): boolean {
    return this.#knowsPauses && this.#runs.isOver(timestamp);
  }

  /** Gives the segments that are still open, in order of their start. */
  finish(): Segment[] {
    const ended = this.#waiting ? this.#runs.add(this.#waiting) : [];
    this.#waiting = undefined;
    return [...ended, ...this.#runs.finish()];
  }

  #judge(pause: number): void {
    const before = this.#pause;
    this.#pause = pause;
    if (pause <= BRIDGED_SECONDS) {
      this.#knowsPauses = true; // there are none
    } else if (before !== undefined && Math.max(pause, before) <= ALIKE * Math.min(pause, before)) {
      this.#knowsPauses = true;
      this.#runs.gapSeconds = ALIKE * Math.min(pause, before);
    }
  }
}
