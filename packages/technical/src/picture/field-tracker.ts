import type { Measurement } from '@deepffmpeg/core';
import { EventTracker } from '../event-tracker.js';
import type { TechnicalEvent } from '../technical-event.js';

/**
 * Finds the times with fields of one order, in what idet tells. Fields are told from motion alone: a still second between two is no change, and one
 * hard edge that moves may look like them for a second. What is taken now for one order, now for the other, is neither.
 */
export class FieldTracker {
  readonly #events = new EventTracker('interlaced', { leastSeconds: 2, gapSeconds: 2 });
  #order: number | undefined;

  *add(frame: Measurement): Generator<TechnicalEvent> {
    const { isInterlaced, isTopFieldFirst } = frame.values;
    const order = isInterlaced === 1 ? isTopFieldFirst : undefined;
    if (order !== undefined && order !== this.#order) {
      yield* this.#events.finish(frame.source);
      this.#order = order;
    }
    yield* this.#events.add(frame, order === undefined ? undefined : { isTopFieldFirst: order });
  }

  finish(source: string): TechnicalEvent[] {
    return this.#events.finish(source);
  }
}
