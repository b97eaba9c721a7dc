import type { Timed, VideoFrame } from '@deepffmpeg/core';

/** Frames that are kept as they come: a shot is known some 100 frames after its end, which `candidateSample` makes about half as many of. */
const RECENT = 48;
/** Those before, which the first shot that is known has for sure. */
const OLDER = 16;

/** The frames to choose from: shots that are shorter than this may have none. */
export const candidateSample = { perSecond: 6 } as const;

/** Time stamps of shots and frames are computed apart. */
const TOLERANCE_SECONDS = 1e-6;

/**
 * Frames of one input from which one near the middle of each shot is chosen when the shot is known, which is late. Holds at most 64: the
 * last 48, and of those before at distances that double as the shot goes on, so that one is within a sixteenth of the shot's length of its middle.
 */
export class FrameCandidates<Frame extends VideoFrame = VideoFrame> {
  #recent: Frame[] = [];
  #older: { readonly number: number; readonly frame: Frame }[] = [];
  /** Of the frames that have left the recent ones, each so many-th is kept. */
  #stride = 1;
  #count = 0;

  add(frame: Frame): void {
    this.#recent.push(frame);
    const leaving = this.#recent.length > RECENT ? this.#recent.shift() : undefined;
    if (leaving !== undefined) this.#keep(leaving);
  }

  /** The frame that is nearest to the middle of the next shot; undefined where none came within it. */
  take({ timestamp, durationSeconds }: Pick<Timed, 'timestamp' | 'durationSeconds'>): Frame | undefined {
    const end = timestamp + durationSeconds - TOLERANCE_SECONDS;
    const middle = timestamp + durationSeconds / 2;
    const frames = [...this.#older.map(({ frame }) => frame), ...this.#recent];
    let best: Frame | undefined;
    for (const frame of frames) {
      if (frame.timestamp < timestamp - TOLERANCE_SECONDS || frame.timestamp >= end) continue;
      if (best === undefined || Math.abs(frame.timestamp - middle) < Math.abs(best.timestamp - middle))
        best = frame;
    }
    this.#beginAt(end);
    return best;
  }

  #keep(frame: Frame): void {
    const number = this.#count++;
    if (number % this.#stride === 0) this.#older.push({ number, frame });
    if (this.#older.length <= OLDER) return;
    this.#stride *= 2;
    this.#older = this.#older.filter((older) => older.number % this.#stride === 0);
  }

  #beginAt(time: number): void {
    const left = this.#older.flatMap(({ frame }) => (frame.timestamp >= time ? [frame] : []));
    this.#recent = this.#recent.filter(({ timestamp }) => timestamp >= time);
    this.#older = [];
    this.#stride = 1;
    this.#count = 0;
    for (const frame of left) this.#keep(frame);
  }
}
