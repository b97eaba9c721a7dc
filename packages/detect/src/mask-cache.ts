import type { Mask } from './canvas.js';

/** Keeps what was rendered last, up to a number of bytes. */
export class MaskCache {
  readonly #masks = new Map<string, Mask>(); // in order of use
  readonly #maxBytes: number;
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get(text: string): Mask | undefined {
    const mask = this.#masks.get(text);
    if (mask === undefined) return undefined;
    this.#masks.delete(text);
    this.#masks.set(text, mask);
    return mask;
  }

  set(text: string, mask: Mask): void {
    if (this.#masks.has(text)) return; // rendered twice at the same time
    this.#masks.set(text, mask);
    this.#bytes += sizeOf(text, mask);
    for (const [oldest, { data }] of this.#masks) {
      if (this.#bytes <= this.#maxBytes) return;
      this.#masks.delete(oldest);
      this.#bytes -= sizeOf(oldest, { data });
    }
  }
}

/** With what an entry costs besides. */
const sizeOf = (text: string, { data }: Pick<Mask, 'data'>) => data.length + 2 * text.length + 200;
