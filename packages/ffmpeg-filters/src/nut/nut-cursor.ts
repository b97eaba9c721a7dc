import { MediaError } from '@deepffmpeg/core';

/** Reads the number types of NUT out of a few bytes. */
export class NutCursor {
  readonly #bytes: Uint8Array;
  position: number;

  constructor(bytes: Uint8Array, position = 0) {
    this.#bytes = bytes;
    this.position = position;
  }

  byte(): number {
    const value = this.#bytes[this.position];
    if (value === undefined) throw malformed('a header ends too early');
    this.position += 1;
    return value;
  }

  /** `v`: seven bits a byte, the highest first. */
  unsigned(): number {
    let value = 0;
    for (;;) {
      const byte = this.byte();
      value = value * 128 + (byte & 127);
      if (value > Number.MAX_SAFE_INTEGER) throw malformed('a number exceeds 53 bits');
      if (byte < 128) return value;
    }
  }

  /** `s`: 0, 1, -1, 2, -2, ... */
  signed(): number {
    const value = this.unsigned() + 1;
    return value % 2 === 1 ? -Math.floor(value / 2) : value / 2;
  }

  /** `vb`: a length, then as many bytes. */
  bytes(): Uint8Array {
    const length = this.unsigned();
    const start = this.position;
    this.skip(length);
    return this.#bytes.subarray(start, this.position);
  }

  /** Bytes that must be there, whatever they say. */
  skip(length: number): void {
    if (this.#bytes.length - this.position < length) throw malformed('a header ends too early');
    this.position += length;
  }
}

export function malformed(what: string): MediaError {
  return new MediaError(
    'ERR_FFMPEG_EXIT',
    `the stream from ffmpeg is not the NUT that was expected: ${what}`,
  );
}
