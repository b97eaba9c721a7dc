import type { Measurement } from '@deepffmpeg/core';
import { EventTracker } from '../event-tracker.js';
import type { TechnicalEvent } from '../technical-event.js';
import type { ChannelLevels } from './read-channels.js';

/** A channel below is dead, if another one is above. */
const DEAD_DB = -70;
const HEARD_DB = -50;
/** So long samples stay at their highest only where they were cut off: a pure tone of 20 Hz in 16 bits has 13, clipped music 20 and more... */
const CLIPPED_FLAT_FACTOR = 16;
/** ...and that is heard; a decoder may give more than full scale. */
const CLIPPED_LEAST_DB = -20;
const OVER_DB = 0.1;
/** What aphasemeter calls in phase and out of phase: 0.8 is one channel twice as loud, 1 both the same. */
const SAME_PHASE = 0.999;
const INVERTED_PHASE = -0.9;

/** Faults of channels. Some seconds of them are none yet: two channels may well be alike for a word or a chord. */
export class SoundEvents {
  readonly #clipping = new EventTracker('clipping', { leastSeconds: 0, gapSeconds: 0.5 });
  /** Each channel's own: one may die when another comes alive. */
  readonly #dead: EventTracker[] = [];
  readonly #inverted = new EventTracker('inverted-phase', { leastSeconds: 2, gapSeconds: 1 });
  readonly #mono = new EventTracker('mono-as-stereo', { leastSeconds: 2, gapSeconds: 1 });
  #isHeard = false;

  *levels(at: Measurement, channels: readonly ChannelLevels[]): Generator<TechnicalEvent> {
    const peakDb = Math.max(...channels.map((channel) => channel.peakDb));
    this.#isHeard = peakDb > HEARD_DB;
    yield* this.#clipping.add(at, channels.some(isClipped) ? { peakDb } : undefined);
    while (this.#dead.length < channels.length)
      this.#dead.push(new EventTracker('dead-channel', { leastSeconds: 2, gapSeconds: 1 }));
    for (const [i, tracker] of this.#dead.entries()) {
      const isDead = this.#isHeard && (channels[i]?.peakDb ?? 0) < DEAD_DB;
      yield* ofChannel(i, tracker.add(at, isDead ? {} : undefined));
    }
  }

  /** Of the block whose levels came before. */
  *phase(at: Measurement, phase: number): Generator<TechnicalEvent> {
    yield* this.#inverted.add(at, this.#isHeard && phase < INVERTED_PHASE ? { phase } : undefined);
    yield* this.#mono.add(at, this.#isHeard && phase > SAME_PHASE ? { phase } : undefined);
  }

  *finish(source: string): Generator<TechnicalEvent> {
    for (const [i, tracker] of this.#dead.entries()) yield* ofChannel(i, tracker.finish(source));
    for (const tracker of [this.#clipping, this.#inverted, this.#mono]) yield* tracker.finish(source);
  }

  get clippedSeconds(): number {
    return this.#clipping.totalSeconds;
  }
}

/** Numbered from 1 on. */
const ofChannel = (i: number, events: readonly TechnicalEvent[]): TechnicalEvent[] =>
  events.map((event) => ({ ...event, values: { channel: i + 1 } }));

const isClipped = ({ peakDb, flatFactor }: ChannelLevels) =>
  peakDb > OVER_DB || (flatFactor >= CLIPPED_FLAT_FACTOR && peakDb > CLIPPED_LEAST_DB);
