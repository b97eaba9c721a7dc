/** Seconds of a bin at first: shorter than the frames of most films, so that these are points of their own. */
const FIRST_WIDTH = 0.02;
/** Of a bin: a time that is so near to the next one belongs to it, as 0.58 s, which is 28.999999999999996 times 0.02 s. */
const TOLERANCE = 1e-6;
/** What has no duration counts a little. */
const LEAST_WEIGHT = 1e-6;

/**
 * Means of values over time, in bins of one width that doubles whenever there would be more than `most`: three numbers for each bin,
 * however long the input is.
 */
export class ThinningBins {
  readonly #most: number;
  readonly #weights: Float64Array;
  readonly #values: Float64Array;
  readonly #times: Float64Array;
  #start: number | undefined;
  #width = FIRST_WIDTH;

  constructor(most: number) {
    this.#most = most;
    this.#weights = new Float64Array(most);
    this.#values = new Float64Array(most);
    this.#times = new Float64Array(most);
  }

  get isEmpty(): boolean {
    return this.#start === undefined;
  }

  add(timestamp: number, durationSeconds: number, value: number): void {
    this.#start ??= timestamp;
    const seconds = Math.max(0, timestamp - this.#start); // time may run back
    const binOf = () => Math.floor(seconds / this.#width + TOLERANCE);
    while (binOf() >= this.#most) this.#doubleWidth();
    const bin = binOf();
    const weight = Math.max(durationSeconds, LEAST_WEIGHT);
    this.#weights[bin]! += weight; // the bin is in range
    this.#values[bin]! += value * weight;
    this.#times[bin]! += timestamp * weight;
  }

  /** The mean of each bin that has any, at the mean of its times, in order. */
  points(): { readonly timestamp: number; readonly value: number }[] {
    return [...this.#weights].flatMap((weight, bin) =>
      weight > 0
        ? [{ timestamp: this.#times[bin]! / weight, value: this.#values[bin]! / weight }] // as many of each
        : [],
    );
  }

  #doubleWidth(): void {
    this.#width *= 2;
    for (const sums of [this.#weights, this.#values, this.#times]) {
      for (let bin = 0; bin < this.#most; bin++) {
        const [first = 0, second = 0] = sums.subarray(2 * bin, 2 * bin + 2);
        sums[bin] = first + second;
      }
    }
  }
}
