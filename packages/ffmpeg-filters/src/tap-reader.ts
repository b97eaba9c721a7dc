import type { VideoFrame } from '@deepffmpeg/core';
import type { FrameTap } from './decode-plan.js';
import { malformed } from './nut/nut-cursor.js';
import { latestTime, reaches, wantsFrame } from './sample-filters.js';

/**
 * Makes the frames of one tap. Each lasts until the next, so one is held back.
 *
 * ffmpeg writes the video's first frame in any case, and again the first one when the size of its pictures changes. It is left out where times
 * tell that the plan does not want it: with `perSecond` and `at` both, with `sceneThreshold` that of the video alone.
 */
export class TapReader {
  readonly #tap: FrameTap;
  readonly #source: string;
  readonly #size: { readonly width: number; readonly height: number };
  #held: VideoFrame | undefined;
  #lastSeconds: number | undefined;
  #count = 0;
  #isDone = false;

  constructor(tap: FrameTap, source: string, size: { readonly width: number; readonly height: number }) {
    this.#tap = tap;
    this.#source = source;
    this.#size = size;
  }

  /** How many frames came, the held one among them. */
  get count(): number {
    return this.#count;
  }

  /** Whether the plan wants no more. */
  get isDone(): boolean {
    return this.#isDone;
  }

  /** Takes a frame and gives the one before it. */
  take(timestamp: number, data: Uint8Array): VideoFrame | undefined {
    const { width, height } = this.#size;
    if (data.length !== width * height * 3)
      throw malformed(`a frame of ${data.length} bytes for ${width}x${height} pixels`);
    if (this.#isDone) return undefined;
    this.#isDone = reaches(timestamp, latestTime(this.#tap.sample));
    const lastSeconds = this.#lastSeconds;
    this.#lastSeconds = timestamp;
    if (!wantsFrame(this.#tap.sample, timestamp, lastSeconds)) return undefined;
    const before = this.finish(timestamp);
    this.#held = {
      type: 'video-frame',
      source: this.#source,
      tap: this.#tap.tap,
      timestamp,
      durationSeconds: 0, // known when the next one comes
      index: this.#count,
      width,
      height,
      data,
    };
    this.#count += 1;
    return before;
  }

  /** Gives the held frame, which lasts until `endSeconds`. */
  finish(endSeconds: number): VideoFrame | undefined {
    const held = this.#held;
    this.#held = undefined;
    return held && { ...held, durationSeconds: Math.max(0, endSeconds - held.timestamp) };
  }
}
