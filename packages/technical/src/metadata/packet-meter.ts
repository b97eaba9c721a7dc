import type { PacketInfo, Rational } from '@deepffmpeg/ffmpeg-filters';
import { ReorderBuffer } from './reorder-buffer.js';

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

/** Follows packets in the order of the file. Holds 32 times, since pictures are shown in another order than they are decoded. */
export class PacketMeter {
  readonly #groups = new GroupMeter();
  readonly #intervals = new IntervalMeter();
  readonly #timeBase: Rational | undefined;
  readonly #onKeyframe: ((timestamp: number) => void) | undefined;
  #packetCount = 0;
  #frameCount = 0;
  #endSeconds: number | undefined;

  /**
   * @param timeBase Of the stream: times are whole multiples of it.
   * @param onKeyframe Called with the time of each that is shown; there may be millions.
   */
  constructor(timeBase: Rational | undefined, onKeyframe?: (timestamp: number) => void) {
    this.#timeBase = timeBase;
    this.#onKeyframe = onKeyframe;
  }

  /** Lets packets through. */
  async *watch(packets: AsyncIterable<PacketInfo> | Iterable<PacketInfo>): AsyncGenerator<PacketInfo> {
    for await (const packet of packets) {
      this.#add(packet);
      yield packet;
    }
  }

  /** What all packets tell that went through. */
  finish(): PacketSummary {
    return {
      packetCount: this.#packetCount,
      frameCount: this.#frameCount,
      startSeconds: this.#intervals.finish(),
      endSeconds: this.#endSeconds,
      frameRateMode: this.#intervals.mode(this.#timeBase),
      keyframeCount: this.#groups.keyframeCount,
      gop: this.#groups.lengths(),
    };
  }

  #add({ timestamp, durationSeconds, isKeyframe, isDiscarded }: PacketInfo): void {
    this.#packetCount += 1;
    this.#groups.add(isKeyframe);
    if (isDiscarded) return;
    this.#frameCount += 1;
    this.#intervals.add(timestamp);
    this.#endSeconds = Math.max(this.#endSeconds ?? timestamp, timestamp + durationSeconds);
    if (isKeyframe) this.#onKeyframe?.(timestamp);
  }
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

/** Watches the distances between times. */
class IntervalMeter {
  readonly #order = new ReorderBuffer<{ readonly timestamp: number }>();
  #first: number | undefined;
  #last: number | undefined;
  #count = 0;
  #shortest = Number.POSITIVE_INFINITY;
  #longest = 0;

  add(timestamp: number): void {
    const next = this.#order.add({ timestamp });
    if (next !== undefined) this.#take(next.timestamp);
  }

  /** Gives the first time. */
  finish(): number | undefined {
    for (const { timestamp } of this.#order.finish()) this.#take(timestamp);
    return this.#first;
  }

  /** Rounding to ticks moves a distance by one; where a tick is a whole frame, as in AVI, one more tick is a missing frame. */
  mode(timeBase: Rational | undefined): PacketSummary['frameRateMode'] {
    if (this.#count < 2) return undefined;
    const tick = timeBase === undefined ? 0 : timeBase.numerator / timeBase.denominator;
    const most = Math.min(tick, this.#shortest / 2) + 1e-9; // room for the rounding of floating point
    return this.#longest - this.#shortest <= most ? 'constant' : 'variable';
  }

  #take(timestamp: number): void {
    this.#first ??= timestamp;
    if (this.#last !== undefined) {
      this.#count += 1;
      this.#shortest = Math.min(this.#shortest, timestamp - this.#last);
      this.#longest = Math.max(this.#longest, timestamp - this.#last);
    }
    this.#last = timestamp;
  }
}
