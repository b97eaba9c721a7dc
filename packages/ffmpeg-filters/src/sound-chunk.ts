/** How formats are laid out that hold all sound in one chunk, behind those that describe it. */
export interface SoundLayout {
  /** Where the first chunk begins. */
  readonly start: number;
  readonly nameBytes: number;
  readonly sizeBytes: 4 | 8;
  /** Chunks begin at multiples of it. */
  readonly alignment: number;
  /** Whether the size of a chunk includes its name and itself. */
  readonly countsHeader: boolean;
}

/** By ffmpeg's names of the formats. */
export const SOUND_LAYOUTS: Readonly<Record<string, SoundLayout>> = {
  wav: { start: 12, nameBytes: 4, sizeBytes: 4, alignment: 2, countsHeader: false },
  w64: { start: 40, nameBytes: 16, sizeBytes: 8, alignment: 8, countsHeader: true },
  caf: { start: 8, nameBytes: 4, sizeBytes: 8, alignment: 1, countsHeader: false },
};

/** As a rule the sound begins in the first hundred bytes; some recorders leave kilobytes for their notes before it. */
export const SOUND_HEAD_BYTES = 65_536;

/** The chunk that holds the sound of a file. */
interface SoundChunk {
  /** Where the sound itself begins. */
  readonly start: number;
  /** Bytes that it should have. */
  readonly length: number;
  /** Nobody knew the length when it was written. */
  readonly isOpen: boolean;
}

/** Undefined where it does not begin in the first bytes of a file, which these are. */
export function findSoundChunk(head: Buffer, layout: SoundLayout): SoundChunk | undefined {
  const { start, nameBytes, sizeBytes, alignment, countsHeader } = layout;
  const headerBytes = nameBytes + sizeBytes;
  const isBigEndian = /^(caff|RIFX)/.test(head.toString('latin1', 0, 4));
  let longSize: number | undefined;
  for (let offset = start; offset + headerBytes <= head.length; ) {
    const name = head.toString('latin1', offset, offset + 4);
    const size = readSize(head, offset + nameBytes, sizeBytes, isBigEndian);
    const length = countsHeader ? size - headerBytes : size;
    const content = offset + headerBytes;
    // RF64 tells sizes beyond 32 bits in a chunk of their own. @see EBU Tech 3306
    if (name === 'ds64' && content + 16 <= head.length) longSize = readSize(head, content + 8, 8, false);
    if (name === 'data') {
      const long = size === 0xff_ff_ff_ff ? longSize : undefined;
      return {
        start: content,
        length: long ?? length,
        isOpen: long === undefined ? isOpen(length, sizeBytes) : isOpen(long, 8),
      };
    }
    offset = content + Math.max(0, Math.ceil(length / alignment) * alignment);
  }
  return undefined;
}

/** As a number: where sizes near 2^64 lose their last digits, those do not matter. */
function readSize(head: Buffer, offset: number, bytes: 4 | 8, isBigEndian: boolean): number {
  if (bytes === 4) return isBigEndian ? head.readUInt32BE(offset) : head.readUInt32LE(offset);
  return Number(isBigEndian ? head.readBigUInt64BE(offset) : head.readBigUInt64LE(offset));
}

/** Writers into pipes take 0, -1 or the largest number with or without a sign, or what is left of that behind a header: SoX 0x7ffff000. */
const BELOW_LARGEST = 8192;

function isOpen(length: number, sizeBytes: number): boolean {
  const limits = [2 ** (8 * sizeBytes - 1), 2 ** (8 * sizeBytes)];
  return length <= 0 || limits.some((limit) => length <= limit && limit - length <= BELOW_LARGEST);
}
