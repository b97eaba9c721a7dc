/** How a WAV file's samples are written. */
export type WavCoding = 'integer' | 'float' | 'a-law' | 'mu-law' | 'ima-adpcm';

/** The samples of a WAV file as they lie in it. */
export interface WavSamples {
  readonly coding: WavCoding;
  /** Of one sample, in whole bytes but for ADPCM's 4. */
  readonly bits: number;
  readonly channels: number;
  /** Hz. */
  readonly sampleRate: number;
  /** One sample of every channel, or one block of ADPCM. */
  readonly blockBytes: number;
  readonly isBigEndian: boolean;
  readonly data: Uint8Array;
  /** Set when the file promises more than there is. */
  readonly damage?: string;
}

/** Codings by their format tag. @see RFC 2361 */
const codings: ReadonlyMap<number, WavCoding> = new Map([
  [0x0001, 'integer'],
  [0x0003, 'float'],
  [0x0006, 'a-law'],
  [0x0007, 'mu-law'],
  [0x0011, 'ima-adpcm'],
]);
/** WAVE_FORMAT_EXTENSIBLE: the tag itself begins the sub-format. */
const EXTENSIBLE = 0xfffe;

/** Widths of a sample in bytes. */
const widths: Record<WavCoding, readonly number[]> = {
  integer: [1, 2, 3, 4],
  float: [4, 8],
  'a-law': [1],
  'mu-law': [1],
  'ima-adpcm': [],
};

/** No recorder is faster. */
const MOST_HERTZ = 768_000;

/** The size of a file that was written into a pipe, or is too large for 32 bits. */
const UNKNOWN_SIZE = 0xffff_ffff;
/** What other writers put there: the largest number with a sign, or what is left of it behind a header (SoX 0x7ffff000). */
const LARGEST_SIGNED = 0x8000_0000;
const BELOW_LARGEST = 8192;

/**
 * Finds format and samples in a RIFF, RIFX, RF64 or BW64 file. Believes no size: what is given lies within the file.
 * Samples that were written into a pipe, whose size is not told, go on to the file's end.
 *
 * @throws Error, saying what is wrong with the file.
 */
export function findWavSamples(bytes: Uint8Array): WavSamples {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const container = nameAt(bytes, 0);
  if (!/^(RIFF|RIFX|RF64|BW64)$/.test(container) || nameAt(bytes, 8) !== 'WAVE') {
    const found = bytes.length === 0 ? 'it is empty' : 'it does not begin as a WAV file does';
    throw new Error(`${found}; RIFF, RIFX, RF64 or BW64 and then WAVE were expected`);
  }
  const isLittle = container !== 'RIFX';
  let format: Omit<WavSamples, 'data' | 'damage'> | undefined;
  let longSize: number | undefined;

  for (const { name, start, size } of chunksOf(bytes, view, isLittle)) {
    if (name === 'fmt ') format ??= readFormat(view, start, size, isLittle);
    if (name === 'ds64' && start + 16 <= bytes.length) longSize = Number(view.getBigUint64(start + 8, true));
    if (name !== 'data') continue;
    if (!format) throw new Error('it has no fmt chunk before its samples, which would say how to read them');
    const wholeSize = view.getUint32(4, isLittle);
    const there = bytes.length - start;
    const isOpen = isUnknown(size) || (size === 0 && (wholeSize === 0 || isUnknown(wholeSize)));
    const promised = longSize !== undefined && size === UNKNOWN_SIZE ? longSize : isOpen ? there : size;
    return {
      ...format,
      data: bytes.subarray(start, start + promised),
      ...(promised > there && { damage: `it promises ${promised} bytes of samples and holds ${there}` }),
    };
  }
  throw new Error('it has no data chunk, which would hold the samples: it may have been cut off');
}

const isUnknown = (size: number) =>
  size === UNKNOWN_SIZE || (size <= LARGEST_SIGNED && LARGEST_SIGNED - size <= BELOW_LARGEST);

/** Far above any real one; a gigabyte of zeros would be 134 million, and take most of a minute. */
const MOST_CHUNKS = 1_000_000;

function* chunksOf(bytes: Uint8Array, view: DataView, isLittle: boolean) {
  for (let position = 12, count = 0; position + 8 <= bytes.length; count++) {
    if (count === MOST_CHUNKS)
      throw new Error(`it has more than ${MOST_CHUNKS} chunks before its samples: it is damaged`);
    const size = view.getUint32(position + 4, isLittle);
    yield { name: nameAt(bytes, position), start: position + 8, size };
    position += 8 + size + (size % 2); // chunks begin at even places
  }
}

function readFormat(view: DataView, start: number, size: number, isLittle: boolean) {
  if (size < 16 || start + size > view.byteLength)
    throw new Error(`its fmt chunk says ${size} bytes; 16 to 40 that lie in the file were expected`);
  const short = (offset: number) => view.getUint16(start + offset, isLittle);
  const ownTag = short(0);
  const tag = ownTag === EXTENSIBLE && size >= 40 ? view.getUint32(start + 24, isLittle) : ownTag;
  const [channels, blockBytes, declaredBits] = [short(2), short(12), short(14)];
  const sampleRate = view.getUint32(start + 4, isLittle);

  const coding = codings.get(tag);
  if (coding === undefined)
    throw new Error(
      `its samples have the format 0x${tag.toString(16)}; PCM, float, A-law, mu-law and IMA ADPCM can be read here: ` +
        'decode it by ffmpeg',
    );
  if (channels === 0) throw new Error('its header says 0 channels; at least 1 was expected');
  if (sampleRate === 0 || sampleRate > MOST_HERTZ)
    throw new Error(`its header says ${sampleRate} Hz; 1 to ${MOST_HERTZ} were expected`);
  const bits = bitsOf(coding, channels, blockBytes, declaredBits);
  return { coding, bits, channels, sampleRate, blockBytes, isBigEndian: !isLittle };
}

/** Samples of 12 or 20 bits lie in whole bytes, and fill them from above. */
function bitsOf(coding: WavCoding, channels: number, blockBytes: number, declaredBits: number): number {
  if (coding === 'ima-adpcm') {
    if (channels > 1)
      throw new Error(`it is IMA ADPCM of ${channels} channels; one can be read here: decode it by ffmpeg`);
    if (declaredBits === 4 && blockBytes > 4) return 4;
  } else {
    const width = blockBytes / channels;
    const least = coding === 'integer' ? 1 : width * 8;
    if (widths[coding].includes(width) && declaredBits >= least && declaredBits <= width * 8)
      return width * 8;
  }
  throw new Error(
    `its header contradicts itself: ${declaredBits} bits a sample of ${coding}, ${channels} channels, ` +
      `${blockBytes} bytes a block`,
  );
}

function nameAt(bytes: Uint8Array, position: number): string {
  return String.fromCharCode(...bytes.subarray(position, position + 4));
}
