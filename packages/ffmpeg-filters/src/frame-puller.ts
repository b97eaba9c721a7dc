import { setTimeout as sleep } from 'node:timers/promises';
import { abortable, throwIfAborted } from '@deepffmpeg/core';

/** As long as a process is given to end. */
const PATIENCE_MS = 2000;

/** Takes items from a source one by one, and can leave off while the source lets it wait. */
export class FramePuller<Item> {
  readonly #iterator: AsyncIterator<Item> | Iterator<Item>;
  #isWaiting = false;

  constructor(items: AsyncIterable<Item> | Iterable<Item>) {
    this.#iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  }

  /** The next item; undefined at the end. @throws AbortError, and what the source throws */
  async next(signal: AbortSignal): Promise<Item | undefined> {
    throwIfAborted(signal);
    this.#isWaiting = true;
    return abortable(this.#read(), signal);
  }

  async #read(): Promise<Item | undefined> {
    try {
      const { value, done } = await this.#iterator.next();
      return done === true ? undefined : value;
    } finally {
      this.#isWaiting = false;
    }
  }

  /** Closes the source, and waits for that; not for long where the source is waiting itself: a plain generator cannot be closed then. */
  async close(): Promise<void> {
    const closing = Promise.resolve(this.#iterator.return?.());
    if (!this.#isWaiting) {
      await closing;
      return;
    }
    const over = new AbortController();
    const late = sleep(PATIENCE_MS, undefined, { ref: false, signal: over.signal }).catch(() => {});
    await Promise.race([closing.catch(() => {}), late]);
    over.abort();
  }
}
