import type { Shot, VideoFrame } from '@deepffmpeg/core';
import type { Boundary } from './boundary.js';
import { CUT_LOOK_AHEAD, type CutRule, findCut } from './find-cut.js';
import { DISSOLVE_LOOK_BACK, type Dissolve, findDissolve } from './find-dissolve.js';
import { meanLevel, type SeenFrame, seeFrame } from './seen-frame.js';

const HELD = DISSOLVE_LOOK_BACK + CUT_LOOK_AHEAD + 1;
/** A dissolve shows again and again while its frames go by; it is over when it has not shown for so many. */
const QUIET_FRAMES = 16;
/** It shows for several frames, so that not each needs a look. */
const DISSOLVE_STEP = 2;
/** Behind so many frames no earlier boundary can be found. */
const SETTLED_FRAMES = DISSOLVE_LOOK_BACK + CUT_LOOK_AHEAD + 2 * QUIET_FRAMES;

/** Finds the shots of one input. Holds some hundred small frames. */
export class ShotFinder {
  readonly #source: string;
  readonly #rule: CutRule;
  /** The last frames, without a gap. */
  #frames: SeenFrame[] = [];
  /** In order; the first is the beginning of the shot that is emitted next. */
  #boundaries: Boundary[] = [];
  #dissolve: { readonly best: Dissolve; readonly lastSeen: number } | undefined;
  /** The first frame of the black that is on, and whether the picture had faded to it. */
  #black: { readonly first: SeenFrame; readonly fadedOut: boolean } | undefined;
  /** From the first black frame to the first behind it, of fades that cuts may yet be found in. */
  #fades: { readonly from: number; readonly to: number }[] = [];
  #shots = 0;
  #endSeconds = 0;

  constructor(source: string, rule: CutRule) {
    this.#source = source;
    this.#rule = rule;
  }

  *take(frame: VideoFrame): Generator<Shot> {
    const seen = seeFrame(frame, this.#frames.at(-1));
    if (this.#frames.length === 0) this.#add(seen, 'start', 0);
    this.#frames.push(seen);
    if (this.#frames.length > HELD) this.#frames.shift();
    this.#endSeconds = frame.timestamp + frame.durationSeconds;

    this.#judgeCut(this.#frames.length - CUT_LOOK_AHEAD);
    this.#followBlack(seen);
    this.#followDissolve(seen);
    yield* this.#settle(seen.index - SETTLED_FRAMES);
  }

  *finish(): Generator<Shot> {
    for (let at = Math.max(1, this.#frames.length - CUT_LOOK_AHEAD + 1); at < this.#frames.length; at++)
      this.#judgeCut(at);
    this.#endDissolve();
    yield* this.#settle(Number.POSITIVE_INFINITY);
    const [last] = this.#boundaries;
    const end = this.#frames.at(-1);
    if (last !== undefined && end !== undefined)
      yield this.#shot(last, { frame: end.index + 1, timestamp: this.#endSeconds });
  }

  #judgeCut(at: number): void {
    const frame = this.#frames[at];
    const strength = findCut(this.#frames, at, this.#rule);
    if (frame === undefined || strength === undefined) return;
    const isPartOfFade = this.#fades.some(({ from, to }) => from <= frame.index && frame.index <= to);
    if (!isPartOfFade) this.#add(frame, 'cut', strength);
  }

  /**
   * A picture that fades to black and another that comes out of it are two shots; the middle of the black parts them. Where both are faint at their
   * most, the first and the last step may each look like a cut, and are none.
   */
  #followBlack(seen: SeenFrame): void {
    const before = this.#frames.at(-2);
    if (seen.isBlack) {
      this.#black ??= { first: seen, fadedOut: before !== undefined && isFaint(before) };
      return;
    }
    const black = this.#black;
    this.#black = undefined;
    if (black === undefined || before === undefined || !black.fadedOut || !isFaint(seen)) return;
    const from = black.first.index;
    // The first already ends the shot that was emitted last: behind a black so long it stays.
    this.#boundaries = this.#boundaries.filter(
      ({ kind, frame }, i) => i === 0 || kind !== 'cut' || frame < from,
    );
    const fades = this.#fades.filter(({ to }) => to > seen.index - CUT_LOOK_AHEAD);
    this.#fades = [...fades, { from, to: seen.index }];
    const middle = Math.floor((from + before.index) / 2);
    // A long black has left the held frames.
    const frame = this.#frames.find(({ index }) => index >= middle) ?? black.first;
    this.#add(frame, 'fade', 1);
  }

  #followDissolve(seen: SeenFrame): void {
    if (seen.index % DISSOLVE_STEP !== 0) return;
    const found = findDissolve(this.#frames.slice(-DISSOLVE_LOOK_BACK - 1));
    if (found !== undefined) {
      // What begins behind the middle of the one before is another one, be there a hold between or none.
      if (this.#dissolve && found.first.index >= this.#dissolve.best.middle.index) this.#endDissolve();
      const before = this.#dissolve?.best;
      const best =
        before !== undefined && before.levels * before.fit > found.levels * found.fit ? before : found;
      this.#dissolve = { best, lastSeen: seen.index };
    } else if (this.#dissolve !== undefined && seen.index - this.#dissolve.lastSeen > QUIET_FRAMES) {
      this.#endDissolve();
    }
  }

  #endDissolve(): void {
    if (this.#dissolve !== undefined)
      this.#add(this.#dissolve.best.middle, 'dissolve', this.#dissolve.best.fit);
    this.#dissolve = undefined;
  }

  #add({ index, timestamp }: SeenFrame, kind: Shot['kind'], score: number): void {
    this.#boundaries.push({ frame: index, timestamp, kind, score });
    this.#boundaries.sort((a, b) => a.frame - b.frame);
  }

  *#settle(before: number): Generator<Shot> {
    for (;;) {
      const [start, next] = this.#boundaries;
      if (start === undefined || next === undefined || next.frame > before) return;
      this.#boundaries.shift();
      yield this.#shot(start, next);
    }
  }

  #shot(start: Boundary, end: Pick<Boundary, 'frame' | 'timestamp'>): Shot {
    return {
      type: 'shot',
      source: this.#source,
      timestamp: start.timestamp,
      durationSeconds: Math.max(0, end.timestamp - start.timestamp),
      index: this.#shots++,
      startFrame: start.frame,
      endFrame: end.frame,
      kind: start.kind,
      score: start.score,
    };
  }
}

/** A picture so near to black that no cut can lie between. */
const FAINT_LEVEL = 40;
const isFaint = ({ data }: SeenFrame) => meanLevel(data) < FAINT_LEVEL;
