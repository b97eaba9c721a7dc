import type { VideoFrame } from '@deepffmpeg/core';
import type { FrameTap } from './decode-plan.js';
import { frameSecondsOf } from './frame-seconds.js';
import type { TimedVideoStream } from './media-info.js';
import { demuxNut } from './nut/demux-nut.js';
import { TapReader } from './tap-reader.js';

/** A moment in ffmpeg's output; without a chunk it only tells the time. */
export interface SideItem<Chunk> {
  /** Seconds: how far decoding has come. */
  readonly timestamp: number;
  readonly chunk: Chunk | undefined;
}

/** What decides how ffmpeg's pictures are read. */
export interface VideoPart {
  readonly stream: TimedVideoStream;
  /** Pixels of each tap's frames. */
  readonly frameSizes: readonly { readonly width: number; readonly height: number }[];
  /** How many ticks of the stream's time base its times were moved forward. */
  readonly shiftTicks: number;
}

/** Makes the frames of all taps out of ffmpeg's output. */
export class VideoSide {
  readonly kind = 'video';
  readonly #part: VideoPart;
  readonly #readers: readonly TapReader[];
  #lastSeconds = Number.NEGATIVE_INFINITY;
  #tickSeconds = 0;

  constructor(taps: readonly FrameTap[], source: string, part: VideoPart) {
    this.#part = part;
    this.#readers = taps.map((tap, i) => new TapReader(tap, source, part.frameSizes[i]!)); // one size a tap
  }

  /** Time of the last frame decoded, wanted or not; -Infinity before the first. */
  get lastSeconds(): number {
    return this.#lastSeconds;
  }

  /** When that frame ends, as far as its rate tells. */
  get ownEndSeconds(): number {
    return this.#lastSeconds + frameSecondsOf(this.#part.stream);
  }

  get tickSeconds(): number {
    return this.#tickSeconds;
  }

  /** Whether no tap wants more. */
  get isDone(): boolean {
    return this.#readers.every((reader) => reader.isDone);
  }

  /** Frames of all taps so far. */
  get count(): number {
    return this.#readers.reduce((sum, reader) => sum + reader.count, 0);
  }

  async *read(output: AsyncIterable<Uint8Array>): AsyncGenerator<SideItem<VideoFrame>> {
    const { stream: from, frameSizes, shiftTicks } = this.#part;
    const maxFrameBytes = Math.max(...frameSizes.map(({ width, height }) => width * height * 3));
    for await (const { stream, pts, data } of demuxNut(output, maxFrameBytes)) {
      const { numerator, denominator } = stream.timeBase;
      const shift =
        (shiftTicks * from.timeBase.numerator * denominator) / (from.timeBase.denominator * numerator);
      const timestamp = ((pts - shift) * numerator) / denominator; // whole numbers up to the division
      this.#lastSeconds = Math.max(this.#lastSeconds, timestamp);
      this.#tickSeconds = numerator / denominator;
      const chunk = this.#readers[stream.id]?.take(timestamp, data);
      yield { timestamp: this.#lastSeconds, chunk }; // a tap that rarely has a frame shows it late
    }
  }

  /** Gives the last frame of each tap, which lasts until `endSeconds`. */
  *finish(endSeconds: number): Generator<VideoFrame> {
    for (const reader of this.#readers) {
      const last = reader.finish(endSeconds);
      if (last !== undefined) yield last;
    }
  }
}
