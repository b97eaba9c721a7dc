/** H.264 and HEVC hold at most 16 pictures back, each of which may be two fields. */
const MOST_HELD = 32;

/** Puts what comes in the order of decoding into the order in which it is shown. Holds 32 items. */
export class ReorderBuffer<Item extends { readonly timestamp: number }> {
  readonly #held: Item[] = [];

  /** Gives the item whose turn it is, once enough are held. */
  add(item: Item): Item | undefined {
    const place = this.#held.findLastIndex(({ timestamp }) => timestamp <= item.timestamp) + 1;
    this.#held.splice(place, 0, item);
    return this.#held.length > MOST_HELD ? this.#held.shift() : undefined;
  }

  /** Gives the rest. */
  finish(): readonly Item[] {
    return this.#held.splice(0);
  }
}
