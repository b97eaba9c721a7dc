import { allLabels, MediaError, type Scores, type Timed } from '@deepffmpeg/core';

/** What a sound is made of, as far as shares are told; `other` is neither speech nor music. */
export type SoundClass = 'speech' | 'music' | 'other';

/** How much of a sound is what. The three shares sum to 1. */
export interface SoundShares extends Readonly<Record<SoundClass, number>> {
  /** speech / (speech + music), 0 to 1; null where there is neither. */
  readonly speechToMusic: number | null;
}

/** What the labels of `soundSharePrompts` stand for. */
export const soundShareClasses: Readonly<Record<string, SoundClass>> = {
  speech: 'speech',
  music: 'music',
  other: 'other',
};

type Shares = Record<SoundClass, number>;

interface OpenWindow {
  readonly end: number;
  readonly shares: Shares;
}

/** Sums up the windows of one input after the other, each in order of their start. Holds those that overlap. */
export class ShareMeter {
  readonly #byTime: Shares = { speech: 0, music: 0, other: 0 };
  readonly #byCount: Shares = { speech: 0, music: 0, other: 0 };
  #seconds = 0;
  #count = 0;
  #open: OpenWindow[] = [];
  #now = Number.NEGATIVE_INFINITY;

  /** @param shares undefined for a window that says nothing */
  add(
    { timestamp, durationSeconds }: Pick<Timed, 'timestamp' | 'durationSeconds'>,
    shares: Shares | undefined,
  ): void {
    if (shares === undefined) return;
    this.#moveTo(timestamp);
    this.#open.push({ end: timestamp + durationSeconds, shares });
    addTo(this.#byCount, shares, 1);
    this.#count += 1;
  }

  /** What comes next has a clock of its own. */
  endInput(): void {
    this.#moveTo(Number.POSITIVE_INFINITY);
    this.#now = Number.NEGATIVE_INFINITY;
  }

  /** Of all inputs that have ended; undefined where no window counts. */
  shares(): SoundShares | undefined {
    if (this.#count === 0) return undefined;
    // Where none lasts, all count alike.
    const [sums, weight] = this.#seconds > 0 ? [this.#byTime, this.#seconds] : [this.#byCount, this.#count];
    const [speech, music, other] = [sums.speech / weight, sums.music / weight, sums.other / weight];
    return { speech, music, other, speechToMusic: speech + music > 0 ? speech / (speech + music) : null };
  }

  /** Goes along the time from one end of a window to the next; where n are open, each has an n-th of it. */
  #moveTo(time: number): void {
    while (this.#open.length > 0 && this.#now < time) {
      const next = Math.min(time, ...this.#open.map(({ end }) => end));
      const seconds = Math.max(0, next - this.#now);
      for (const { shares } of this.#open) addTo(this.#byTime, shares, seconds / this.#open.length);
      this.#seconds += seconds;
      this.#now = Math.max(this.#now, next);
      this.#open = this.#open.filter(({ end }) => end > next);
    }
    this.#now = Math.max(this.#now, time);
  }
}

function addTo(sums: Shares, shares: Shares, weight: number): void {
  sums.speech += shares.speech * weight;
  sums.music += shares.music * weight;
  sums.other += shares.other * weight;
}

/**
 * What of a window is what, by the classes of its labels; undefined where all probabilities are 0.
 *
 * @throws {MediaError} `ERR_MISMATCH` for a label without a class.
 */
export function sharesOfWindow(
  scores: Scores,
  classes: Readonly<Record<string, SoundClass>> = soundShareClasses,
): Record<SoundClass, number> | undefined {
  const shares = { speech: 0, music: 0, other: 0 };
  let sum = 0;
  for (const { label, probability } of allLabels(scores)) {
    const name = Object.hasOwn(classes, label) ? classes[label] : undefined;
    if (name === undefined)
      throw new MediaError(
        'ERR_MISMATCH',
        `${scores.labelSet.name}: label ${label} is neither speech, music nor other: name its class`,
      );
    shares[name] += probability;
    sum += probability;
  }
  return sum > 0
    ? { speech: shares.speech / sum, music: shares.music / sum, other: shares.other / sum }
    : undefined;
}
