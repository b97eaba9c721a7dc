import type { ResolvedInput } from './media-input.js';
import { readHead } from './read-head.js';

/** How formats are laid out that hold all sound in one chunk, behind those that describe it. */
interface Layout {
  /** Where the first chunk begins. */
  readonly start: number;
  readonly nameBytes: number;
  readonly sizeBytes: 4 | 8;
  /** Chunks begin at multiples of it. */
  readonly alignment: number;
  /** Whether the size of a chunk includes its name and itself. */
  readonly countsHeader: boolean;
}

const LAYOUTS: Readonly<Record<string, Layout>> = {
  wav: { start: 12, nameBytes: 4, sizeBytes: 4, alignment: 2, countsHeader: false },
  w64: { start: 40, nameBytes: 16, sizeBytes: 8, alignment: 8, countsHeader: true },
  caf: { start: 8, nameBytes: 4, sizeBytes: 8, alignment: 1, countsHeader: false },
};

/** As a rule the sound begins in the first hundred bytes; some recorders leave kilobytes for their notes before it. */
const HEAD_BYTES = 65_536;

/**
 * Whether a file of sound leaves its length open, as one does that was written into a pipe: then its last packet is short, and nothing is
 * missing. False for an address, and for a stream that nobody has looked at.
 */
export async function hasOpenLength(input: ResolvedInput, formatName: string): Promise<boolean> {
  const layout = LAYOUTS[formatName];
  if (layout === undefined || input.kind === 'url') return false;
  const head = input.kind === 'file' ? await readHead(input.path, HEAD_BYTES) : input.stream.head(HEAD_BYTES);
  return saysNoLength(head, layout);
}

function saysNoLength(head: Buffer, layout: Layout): boolean {
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
    if (name === 'data')
      return longSize !== undefined && size === 0xff_ff_ff_ff
        ? isOpen(longSize, 8)
        : isOpen(length, sizeBytes);
    offset = content + Math.max(0, Math.ceil(length / alignment) * alignment);
  }
  return false;
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
