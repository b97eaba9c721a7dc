import { type Shot, TOLERANCE_SECONDS, type VideoFrame } from '@deepffmpeg/core';

/**
 * Frames that are kept as they come: where there are few a second each may be a candidate, and a shot is known up to 112 frames after its end,
 * which technical calls `SETTLED_FRAMES`; the others are on their way.
 */
const RECENT = 128;
/** Those before, which the first shot that is known has for sure. */
const OLDER = 16;

/** The frames to choose from: shots that are shorter than this may have none. */
export const candidateSample = { perSecond: 6 } as const;

/** A shot, and its frame that is nearest to the middle; none where none came within it. */
export interface ChosenFrame<Frame extends VideoFrame = VideoFrame> {
  readonly shot: Shot;
  readonly frame: Frame | undefined;
}

/**
 * Frames of one input from which one near the middle of each shot is chosen. A shot may be known before its frames come or, as a rule, some
 * time after. Holds at most 144 frames: the last 128, and of those before at distances that double as the shot goes on, so that one is within a
 * sixteenth of the shot's length of its middle; and the shots that are known early.
 */
export class FrameCandidates<Frame extends VideoFrame = VideoFrame> {
  readonly #shots: Shot[] = [];
  #recent: Frame[] = [];
  #older: { readonly number: number; readonly frame: Frame }[] = [];
  /** Of the frames that have left the recent ones, each so many-th is kept. */
  #stride = 1;
  #count = 0;
  #reached = Number.NEGATIVE_INFINITY;

  addFrame(frame: Frame): ChosenFrame<Frame>[] {
    this.#reached = Math.max(this.#reached, frame.timestamp);
    const chosen = this.#chooseUntil(this.#reached); // before, as its own frames might have to go
    this.#recent.push(frame);
    const leaving = this.#recent.length > RECENT ? this.#recent.shift() : undefined;
    if (leaving !== undefined) this.#keep(leaving);
    return chosen;
  }

  addShot(shot: Shot): ChosenFrame<Frame>[] {
    this.#shots.push(shot);
    return this.#chooseUntil(this.#reached);
  }

  /** Chooses for the shots that are left: no frame will come. */
  finish(): ChosenFrame<Frame>[] {
    return this.#chooseUntil(Number.POSITIVE_INFINITY);
  }

  #chooseUntil(time: number): ChosenFrame<Frame>[] {
    const chosen: ChosenFrame<Frame>[] = [];
    for (;;) {
      const [shot] = this.#shots;
      if (shot === undefined || time < endOf(shot)) return chosen;
      this.#shots.shift();
      chosen.push({ shot, frame: this.#choose(shot) });
      this.#beginAt(endOf(shot));
    }
  }

  #choose(shot: Shot): Frame | undefined {
    const middle = shot.timestamp + shot.durationSeconds / 2;
    const distance = ({ timestamp }: Frame) => Math.abs(timestamp - middle);
    return [...this.#older.map(({ frame }) => frame), ...this.#recent]
      .filter(({ timestamp }) => timestamp >= shot.timestamp - TOLERANCE_SECONDS && timestamp < endOf(shot))
      .reduce<Frame | undefined>(
        (best, frame) => (best !== undefined && distance(best) <= distance(frame) ? best : frame),
        undefined,
      );
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
    for (const frame of left) this.#keep(frame);
  }
}

/** A frame at the cut belongs to the next shot. */
const endOf = ({ timestamp, durationSeconds }: Shot) => timestamp + durationSeconds - TOLERANCE_SECONDS;
