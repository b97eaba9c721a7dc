/** What a made WAV file says of itself, true or not. */
export interface WavFields {
  readonly container?: 'RIFF' | 'RIFX' | 'RF64' | 'BW64';
  readonly tag?: number;
  readonly channels?: number;
  readonly sampleRate?: number;
  readonly blockBytes?: number;
  readonly bits?: number;
  /** Makes it WAVE_FORMAT_EXTENSIBLE of that sub-format. */
  readonly subFormat?: number;
  readonly wholeSize?: number;
  readonly dataSize?: number;
  /** The 64-bit size in a chunk ds64. */
  readonly longSize?: number;
  /** Chunks to stand before and after `fmt `. */
  readonly first?: Uint8Array;
  readonly between?: Uint8Array;
}

/** Makes a WAV file around bytes of samples; by default mono PCM of 16 bits at 8000 Hz. */
export function makeWav(data: Uint8Array, fields: WavFields = {}): Uint8Array {
  const { container = 'RIFF', tag = 1, channels = 1, sampleRate = 8000, bits = 16, subFormat } = fields;
  const { blockBytes = (channels * bits) / 8, dataSize = data.length, longSize } = fields;
  const { first = Buffer.alloc(0), between = Buffer.alloc(0) } = fields;
  const isBig = container === 'RIFX';
  const number = (size: 2 | 4, value: number) => {
    const bytes = Buffer.alloc(size);
    if (isBig) bytes.writeUIntBE(value, 0, size);
    else bytes.writeUIntLE(value, 0, size);
    return bytes;
  };
  const format = Buffer.concat([
    number(2, subFormat === undefined ? tag : 0xfffe),
    number(2, channels),
    number(4, sampleRate),
    number(4, 0), // bytes a second, which nobody reads
    number(2, blockBytes),
    number(2, bits),
    ...(subFormat === undefined
      ? []
      : [number(2, 22), number(2, bits), number(4, 0), number(4, subFormat), Buffer.alloc(12)]),
  ]);
  const body = Buffer.concat([
    Buffer.from('WAVE'),
    ...(longSize === undefined ? [] : [chunk('ds64', longSizes(longSize), number(4, 28))]),
    first,
    chunk('fmt ', format, number(4, format.length)),
    between,
    chunk('data', data, number(4, dataSize)),
  ]);
  return Buffer.concat([Buffer.from(container), number(4, fields.wholeSize ?? body.length), body]);
}

const chunk = (name: string, content: Uint8Array, size: Buffer) =>
  Buffer.concat([Buffer.from(name), size, content]);

function longSizes(dataSize: number): Buffer {
  const sizes = Buffer.alloc(28);
  sizes.writeBigUInt64LE(BigInt(dataSize), 8);
  return sizes;
}

/** A chunk of a little-endian file. */
export function makeChunk(name: string, content: Uint8Array): Uint8Array {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(content.length);
  return chunk(name, Buffer.concat([content, Buffer.alloc(content.length % 2)]), size);
}
