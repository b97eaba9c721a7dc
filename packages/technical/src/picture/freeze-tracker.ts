import type { Measurement } from '@deepffmpeg/core';
import { EventTracker } from '../event-tracker.js';
import type { TechnicalEvent } from '../technical-event.js';

type Values = Measurement['values'];

/** What of signalstats tells one picture from another, whatever their size. */
const LOOKS = [
  'lumaLowLevel',
  'lumaMeanLevel',
  'lumaHighLevel',
  'saturationMeanLevel',
  'saturationHighLevel',
] as const;
/** One picture at a quarter and at four times its size, with the coarsest JPEG: up to 4 levels apart. */
const MOST_LEVELS = 4;

/**
 * Finds the times at which the picture stands still: from the frame on that the others repeat, as long as freezedetect has it by default. Black is
 * told as such. Where the size of the pictures changes, nobody compared a frame with the one before: whether a still picture goes on is told by
 * brightness and colour.
 */
export class FreezeTracker {
  readonly #events = new EventTracker('frozen', { leastSeconds: 2, gapSeconds: 0 });
  #isFrozen = false;
  /** The last frame, where it does not repeat another: it may be the first of those that stand still. */
  #different: Measurement | undefined;
  /** The last frame, where nobody compared it, and how the one before it looked. */
  #unknown: { readonly frame: Measurement; readonly lookBefore: Values } | undefined;
  #isBlack = false;
  /** What signalstats told last. */
  #look: Values = {};

  *add(measurement: Measurement): Generator<TechnicalEvent> {
    const { filter, values } = measurement;
    if (filter === 'blackdetect') this.#isBlack = values['isBlack'] === 1;
    if (filter === 'signalstats') this.#look = values;
    if (filter === 'freezedetect') yield* this.#addFrame(measurement);
  }

  *finish(source: string): Generator<TechnicalEvent> {
    yield* this.#judgeUnknown();
    yield* this.#events.finish(source);
  }

  *#addFrame(frame: Measurement): Generator<TechnicalEvent> {
    yield* this.#judgeUnknown();
    const isRepeated = this.#isBlack ? 0 : frame.values['isRepeated'];
    if (isRepeated === undefined) {
      this.#unknown = { frame, lookBefore: this.#look };
      return;
    }
    this.#isFrozen = isRepeated === 1;
    if (this.#isFrozen && this.#different !== undefined) yield* this.#events.add(this.#different, {});
    this.#different = this.#isFrozen ? undefined : frame;
    yield* this.#events.add(frame, this.#isFrozen ? {} : undefined);
  }

  /** By now all is measured of a frame that nobody compared. */
  *#judgeUnknown(): Generator<TechnicalEvent> {
    if (this.#unknown === undefined) return;
    const { frame, lookBefore } = this.#unknown;
    this.#unknown = undefined;
    const goesOn = this.#isFrozen && isAlike(lookBefore, this.#look);
    this.#different = goesOn ? undefined : frame;
    if (goesOn) yield* this.#events.add(frame, {});
    else yield* this.#events.finish(frame.source);
  }
}

function isAlike(one: Values, other: Values): boolean {
  return LOOKS.every(
    (name) => Math.abs((one[name] ?? Number.NaN) - (other[name] ?? Number.NaN)) <= MOST_LEVELS,
  );
}
