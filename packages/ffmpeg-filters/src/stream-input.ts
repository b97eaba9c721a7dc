import type { Readable, Writable } from 'node:stream';
import { inspect } from 'node:util';
import { drained } from '@deepffmpeg/core';
import { inputError } from './input-error.js';

/** As much as ffprobe reads before it gives up (`-probesize`, 5 MB), and some room. */
const MAX_HEAD = 8 << 20;

/** A stream that is read twice: its beginning by ffprobe, and then all of it by ffmpeg. */
export class StreamInput {
  readonly #source: Readable;
  readonly #name: string;
  readonly #iterator: AsyncIterator<unknown>;
  readonly #head: Uint8Array[] = [];
  /** A read that nobody took: ffprobe had enough before it came. */
  #pending: Promise<Uint8Array | undefined> | undefined;
  #ended = false;

  constructor(source: Readable, name: string) {
    this.#source = source;
    this.#name = name;
    this.#iterator = source[Symbol.asyncIterator]();
    // The iterator listens from its first read on, and tells of what failed before it; until then nobody else may listen.
    source.on('error', () => {});
  }

  /** Whether its beginning was looked for, and there is none. */
  get isEmpty(): boolean {
    return this.#ended && this.#head.length === 0;
  }

  /** So many of the bytes that `feedHead` has read, or fewer. */
  head(length: number): Buffer {
    const chunks: Uint8Array[] = [];
    for (let i = 0, sum = 0; i < this.#head.length && sum < length; i++) {
      const chunk = this.#head[i]!; // in its bounds
      chunks.push(chunk);
      sum += chunk.length;
    }
    return Buffer.concat(chunks).subarray(0, length);
  }

  /** Feeds the beginning to `target` until it closes, or 8 MiB. @throws {MediaError} `ERR_INPUT` when the source fails */
  async feedHead(target: Writable): Promise<void> {
    const closed = new Promise<'closed'>((resolve) => target.once('close', () => resolve('closed')));
    for (let length = 0; length < MAX_HEAD && !target.destroyed; ) {
      const chunk = await Promise.race([this.#peek(), closed]);
      if (chunk === 'closed') return;
      this.#pending = undefined;
      if (chunk === undefined) break;
      this.#head.push(chunk);
      length += chunk.length;
      if (!target.write(chunk)) await drained(target);
    }
    target.end();
  }

  /** All of it, from the beginning; once. @throws {MediaError} `ERR_INPUT` when the source fails */
  async *bytes(): AsyncGenerator<Uint8Array, void, undefined> {
    for (let chunk = this.#head.shift(); chunk !== undefined; chunk = this.#head.shift()) yield chunk;
    for (;;) {
      const chunk = await this.#peek();
      if (chunk === undefined) return;
      this.#pending = undefined;
      yield chunk;
    }
  }

  close(): void {
    this.#source.destroy();
  }

  #peek(): Promise<Uint8Array | undefined> {
    this.#pending ??= this.#ended ? Promise.resolve(undefined) : this.#read();
    return this.#pending;
  }

  async #read(): Promise<Uint8Array | undefined> {
    try {
      const { value, done } = await this.#iterator.next();
      if (done === true) {
        this.#ended = true;
        return undefined;
      }
      if (typeof value === 'string') return Buffer.from(value);
      // A pipe would not take it, and ffprobe wait for more.
      if (value instanceof Uint8Array) return value;
      throw new TypeError(`expected a stream of bytes, got ${inspect(value, { depth: 0 })}`);
    } catch (error) {
      throw inputError(
        `reading ${this.#name} failed: ${error instanceof Error ? error.message : error}`,
        error,
      );
    }
  }
}
