import { type Scores, TOLERANCE_SECONDS } from '@deepffmpeg/core';
import type { IntervalScores } from './media-analysis.js';
import { halvePieces, type Interval, pieceOf, type ScorePiece, ScoreSums, weightIn } from './score-pieces.js';

/** What holds in one interval, a group each. */
export interface LineInterval {
  readonly interval: 'shot' | 'window';
  readonly scores: IntervalScores;
}

/** Parts of equal length, the first of which begins at `startSeconds`. */
export interface WindowGrid {
  readonly startSeconds: number;
  readonly seconds: number;
}

/** More scores than these do not wait for the end of one shot: then each two are put together. */
const MOST_WAITING = 4096;
/** Of each interval and group: hours with a thousand labels stay small. */
const MOST_LABELS = 10;
/** A last window that would be no longer than this share of one is the rounding of a clock. */
const SLIVER = 0.01;

/** Means of the scores of one label set over shots and windows. */
export class LabelLine {
  readonly #about: Scores;
  readonly #shots: readonly Interval[];
  readonly #grid: WindowGrid;
  /** Scores whose shot is not known yet. */
  #waiting: ScorePiece[] = [];
  /** When the latest scores begin: there will be none before. */
  #reached = Number.NEGATIVE_INFINITY;
  #nextShot = 0;
  readonly #inShots = new Map<number, ScoreSums>();
  #nextWindow = Number.NEGATIVE_INFINITY;
  /** Whether a window was given. */
  #isBegun = false;
  readonly #inWindows = new Map<number, ScoreSums>();

  /** @param shots all that are known, in order; more are added outside */
  constructor(about: Scores, shots: readonly Interval[], grid: WindowGrid) {
    this.#about = about;
    this.#shots = shots;
    this.#grid = grid;
  }

  *add(scores: Scores): Generator<LineInterval> {
    const piece = pieceOf(scores);
    this.#reached = Math.max(this.#reached, piece.begin);
    yield* this.#giveWindows(Math.floor(this.#placeInGrid(piece.begin)), Number.POSITIVE_INFINITY);
    this.#addToWindows(piece);
    this.#waiting.push(piece);
    if (this.#waiting.length > MOST_WAITING) this.#waiting = halvePieces(this.#waiting);
    yield* this.settle();
  }

  /** Gives the shots that are complete, as far as they are known. */
  *settle(): Generator<LineInterval> {
    const known = (this.#shots.at(-1)?.end ?? Number.NEGATIVE_INFINITY) + TOLERANCE_SECONDS;
    const open = this.#waiting.findIndex(({ begin, end, isMoment }) =>
      isMoment ? begin + 2 * TOLERANCE_SECONDS >= known : end > known,
    );
    const settled = this.#waiting.splice(0, open === -1 ? this.#waiting.length : open);
    for (const piece of settled) this.#addToShots(piece);
    yield* this.#giveShots(this.#waiting[0]?.begin ?? this.#reached);
  }

  /** Gives the rest. @param endSeconds when the input ends, as far as scores tell */
  *finish(endSeconds: number): Generator<LineInterval> {
    for (const piece of this.#waiting.splice(0)) this.#addToShots(piece);
    yield* this.#giveShots(Number.POSITIVE_INFINITY);
    yield* this.#giveWindows(Number.POSITIVE_INFINITY, endSeconds);
  }

  #addToShots(piece: ScorePiece): void {
    for (let i = this.#nextShot; i < this.#shots.length; i++) {
      const shot = this.#shots[i]!; // in range
      if (shot.begin > piece.end + TOLERANCE_SECONDS) return;
      const weight = weightIn(piece, shot);
      if (weight > 0) sumsIn(this.#inShots, i).add(piece, weight);
    }
  }

  *#giveShots(until: number): Generator<LineInterval> {
    for (;;) {
      const shot = this.#shots[this.#nextShot];
      if (shot === undefined || shot.end > until + TOLERANCE_SECONDS) return;
      const sums = this.#inShots.get(this.#nextShot);
      this.#inShots.delete(this.#nextShot);
      this.#nextShot += 1;
      if (sums) yield* this.#intervals('shot', shot, sums);
    }
  }

  #placeInGrid(seconds: number): number {
    return (seconds - this.#grid.startSeconds + TOLERANCE_SECONDS) / this.#grid.seconds;
  }

  /** Here a frame counts for as long as it is shown: a slow sampling leaves no holes. */
  #addToWindows(piece: ScorePiece): void {
    const first = Math.floor(this.#placeInGrid(piece.begin));
    const last = Math.max(first, Math.ceil(this.#placeInGrid(piece.end - 2 * TOLERANCE_SECONDS)) - 1);
    for (let i = Math.max(first, this.#nextWindow); i <= last; i++) {
      const { begin, end } = this.#window(i);
      const seconds = Math.min(piece.end, end) - Math.max(piece.begin, begin);
      sumsIn(this.#inWindows, i).add(piece, Math.max(seconds, TOLERANCE_SECONDS));
    }
  }

  *#giveWindows(before: number, endSeconds: number): Generator<LineInterval> {
    const due = [...this.#inWindows].filter(([window]) => window < before).toSorted(([a], [b]) => a - b);
    for (const [window, sums] of due) {
      this.#inWindows.delete(window);
      this.#nextWindow = window + 1;
      const { begin, end } = this.#window(window);
      const isSliver = endSeconds - begin < SLIVER * this.#grid.seconds;
      if (isSliver && this.#isBegun) continue;
      this.#isBegun = true;
      yield* this.#intervals('window', { begin, end: Math.min(end, endSeconds) }, sums);
    }
  }

  #window(number: number): Interval {
    const { startSeconds, seconds } = this.#grid;
    return { begin: startSeconds + number * seconds, end: startSeconds + (number + 1) * seconds };
  }

  *#intervals(
    interval: LineInterval['interval'],
    { begin, end }: Interval,
    sums: ScoreSums,
  ): Generator<LineInterval> {
    const { modality, model, labelSet } = this.#about;
    const place = { timestamp: begin, durationSeconds: end - begin };
    const means = sums.means();
    let first = 0;
    for (const { name: group, labels } of labelSet.groups) {
      const probabilities = means.subarray(first, first + labels.length);
      first += labels.length;
      const best = labels
        .map((label, i) => ({ label, probability: probabilities[i]! })) // one for each
        .sort((a, b) => b.probability - a.probability)
        .slice(0, MOST_LABELS)
        .map(({ label, probability }) => ({ label, probability: Number(probability.toFixed(6)) }));
      const scores = { ...place, modality, model, labelSet: labelSet.name, group, labels: best };
      yield { interval, scores };
    }
  }
}

function sumsIn(all: Map<number, ScoreSums>, interval: number): ScoreSums {
  const sums = all.get(interval) ?? new ScoreSums();
  all.set(interval, sums);
  return sums;
}
