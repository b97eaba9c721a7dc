/** Pulls exact numbers of bytes out of chunks of any length. */
export class ByteReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  /** Bytes taken from the chunks and not yet used. */
  #rest: Uint8Array = new Uint8Array(0);

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /**
   * A view of what comes next: at least `length` bytes, fewer only at the end. It holds until the next call.
   * Meant for headers: short chunks are joined.
   */
  async peek(length: number): Promise<Uint8Array> {
    while (this.#rest.length < length) {
      const chunk = await this.#next();
      if (chunk === undefined) break;
      this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    }
    return this.#rest;
  }

  /** Steps over bytes that `peek` has shown. */
  skip(length: number): void {
    this.#rest = this.#rest.subarray(length);
  }

  /** Fills `target`; false when the bytes end before. Nothing is joined: each byte is copied once. */
  async fill(target: Uint8Array): Promise<boolean> {
    let filled = 0;
    while (filled < target.length) {
      if (this.#rest.length === 0) {
        const chunk = await this.#next();
        if (chunk === undefined) return false;
        this.#rest = chunk;
      }
      const part = this.#rest.subarray(0, target.length - filled);
      target.set(part, filled);
      filled += part.length;
      this.skip(part.length);
    }
    return true;
  }

  async #next(): Promise<Uint8Array | undefined> {
    const { value, done } = await this.#chunks.next();
    return done === true ? undefined : value;
  }
}
