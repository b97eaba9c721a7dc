import { type Scores, TOLERANCE_SECONDS } from '@deepffmpeg/core';

/** A part of the time, in seconds. */
export interface Interval {
  readonly begin: number;
  readonly end: number;
}

/** What the labels of one set scored over a part of the time. */
export interface ScorePiece extends Interval {
  /** In label order. */
  readonly probabilities: Float32Array;
  /** Shows one moment: it belongs to the shot in which it begins, whichever comes next. */
  readonly isMoment: boolean;
}

/** A frame shows the shot it was taken of; a window is heard from its start to its end. */
export function pieceOf({ modality, timestamp, durationSeconds, probabilities }: Scores): ScorePiece {
  const isMoment = modality === 'vision' || durationSeconds <= TOLERANCE_SECONDS;
  return { begin: timestamp, end: timestamp + durationSeconds, probabilities, isMoment };
}

/** How much of a piece counts in an interval. A moment within it counts for as long as it lasts there, others do not. */
export function weightIn(piece: ScorePiece, { begin, end }: Interval): number {
  if (piece.isMoment) {
    const isWithin = piece.begin >= begin - TOLERANCE_SECONDS && piece.begin < end - TOLERANCE_SECONDS;
    return isWithin ? Math.max(Math.min(piece.end, end) - piece.begin, TOLERANCE_SECONDS) : 0;
  }
  const seconds = Math.min(piece.end, end) - Math.max(piece.begin, begin);
  return seconds > TOLERANCE_SECONDS ? seconds : 0;
}

/** Puts each two neighbours together: half as many pieces, of twice the length. */
export function halvePieces(pieces: readonly ScorePiece[]): ScorePiece[] {
  return pieces.flatMap((first, i) => {
    if (i % 2 === 1) return [];
    const second = pieces[i + 1];
    if (second === undefined) return [first];
    const sums = new ScoreSums();
    sums.add(first, Math.max(first.end - first.begin, TOLERANCE_SECONDS));
    sums.add(second, Math.max(second.end - second.begin, TOLERANCE_SECONDS));
    return [{ begin: first.begin, end: second.end, probabilities: sums.means(), isMoment: false }];
  });
}

/** Weighted sums of probabilities, one for each label. */
export class ScoreSums {
  #sums: Float64Array | undefined;
  #weight = 0;

  add({ probabilities }: Pick<ScorePiece, 'probabilities'>, weight: number): void {
    this.#sums ??= new Float64Array(probabilities.length);
    for (const [label, probability] of probabilities.entries()) this.#sums[label]! += probability * weight; // a sum each
    this.#weight += weight;
  }

  means(): Float32Array {
    return Float32Array.from(this.#sums ?? [], (sum) => sum / this.#weight);
  }
}
