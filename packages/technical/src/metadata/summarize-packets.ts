import type { PacketInfo, Rational } from '@deepffmpeg/ffmpeg-filters';

/** What the packets of a video stream tell without being decoded. */
export interface PacketSummary {
  /** All of them, with those that are decoded and not shown. */
  readonly packetCount: number;
  /** Those that are shown. */
  readonly frameCount: number;
  /** When the first one is shown, and the last one ends; undefined without any. */
  readonly startSeconds: number | undefined;
  readonly endSeconds: number | undefined;
  /**
   * `constant` where all frames follow each other at one distance, as exactly as the time base can tell. Undefined for less than three
   * frames.
   */
  readonly frameRateMode: 'constant' | 'variable' | undefined;
  readonly keyframeCount: number;
  /** Undefined without a keyframe. */
  readonly gop: GopLengths | undefined;
}

/** Frames from one keyframe to the next. The last group ends with the input and counts only where it is the only one. */
export interface GopLengths {
  readonly shortest: number;
  readonly mean: number;
  readonly longest: number;
}

/**
 * Reads packets in the order of the file. Holds 32 of them, since pictures are shown in another order than they are decoded.
 *
 * @param timeBase Of the stream: times are whole multiples of it.
 * @param onKeyframe Called with the time of each in turn; there may be millions.
 */
export async function summarizePackets(
  packets: AsyncIterable<PacketInfo> | Iterable<PacketInfo>,
  timeBase: Rational | undefined,
  onKeyframe?: (timestamp: number) => void,
): Promise<PacketSummary> {
  const groups = new GroupMeter();
  const intervals = new IntervalMeter();
  let packetCount = 0;
  let frameCount = 0;
  let endSeconds: number | undefined;
  for await (const { timestamp, durationSeconds, isKeyframe, isDiscarded } of packets) {
    packetCount += 1;
    groups.add(isKeyframe);
    if (isDiscarded) continue;
    frameCount += 1;
    intervals.add(timestamp);
    endSeconds = Math.max(endSeconds ?? timestamp, timestamp + durationSeconds);
    if (isKeyframe) onKeyframe?.(timestamp);
  }
  return {
    packetCount,
    frameCount,
    startSeconds: intervals.finish(),
    endSeconds,
    frameRateMode: intervals.mode(timeBase),
    keyframeCount: groups.keyframeCount,
    gop: groups.lengths(),
  };
}

/** Counts the packets between keyframes. */
class GroupMeter {
  keyframeCount = 0;
  #current = 0;
  #sum = 0;
  #shortest = Number.POSITIVE_INFINITY;
  #longest = 0;

  add(isKeyframe: boolean): void {
    if (isKeyframe) {
      if (this.keyframeCount > 0) this.#close();
      this.keyframeCount += 1;
      this.#current = 0;
    }
    this.#current += 1;
  }

  lengths(): GopLengths | undefined {
    if (this.keyframeCount === 0) return undefined;
    if (this.keyframeCount === 1) this.#close();
    const count = Math.max(1, this.keyframeCount - 1);
    return { shortest: this.#shortest, mean: this.#sum / count, longest: this.#longest };
  }

  #close(): void {
    this.#sum += this.#current;
    this.#shortest = Math.min(this.#shortest, this.#current);
    this.#longest = Math.max(this.#longest, this.#current);
  }
}

/** H.264 and HEVC hold at most 16 pictures back; those that a decoder never shows need room, too. */
const REORDER = 32;

/** Puts times into order and watches their distances. */
class IntervalMeter {
  /** Times that earlier ones may still come before, in order. */
  readonly #waiting: number[] = [];
  #first: number | undefined;
  #last: number | undefined;
  #count = 0;
  #shortest = Number.POSITIVE_INFINITY;
  #longest = 0;

  add(timestamp: number): void {
    const place = this.#waiting.findLastIndex((earlier) => earlier <= timestamp) + 1;
    this.#waiting.splice(place, 0, timestamp);
    if (this.#waiting.length > REORDER) this.#take();
  }

  /** Gives the first time. */
  finish(): number | undefined {
    while (this.#waiting.length > 0) this.#take();
    return this.#first;
  }

  /** Rounding to ticks moves a distance by one; where a tick is a whole frame, as in AVI, one more tick is a missing frame. */
  mode(timeBase: Rational | undefined): PacketSummary['frameRateMode'] {
    if (this.#count < 2) return undefined;
    const tick = timeBase === undefined ? 0 : timeBase.numerator / timeBase.denominator;
    const most = Math.min(tick, this.#shortest / 2) + 1e-9; // room for the rounding of floating point
    return this.#longest - this.#shortest <= most ? 'constant' : 'variable';
  }

  #take(): void {
    const timestamp = this.#waiting.shift();
    if (timestamp === undefined) return;
    this.#first ??= timestamp;
    if (this.#last !== undefined) {
      this.#count += 1;
      this.#shortest = Math.min(this.#shortest, timestamp - this.#last);
      this.#longest = Math.max(this.#longest, timestamp - this.#last);
    }
    this.#last = timestamp;
  }
}
