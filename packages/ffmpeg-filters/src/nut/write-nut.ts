import {
  FILE_ID,
  FLAG_CHECKSUM,
  FLAG_CODED_PTS,
  FLAG_KEY,
  FLAG_SIZE_MSB,
  FLAG_STREAM_ID,
  START_CODES,
} from './nut-headers.js';

/** Without a checksum, readers refuse frames of more than twice as many bytes. */
const MAX_DISTANCE = 65_536;
/** A pts of so many bits would be taken for the end of a longer one: all are written in full, above that range. */
const PTS_BITS = 7;
/** Steps between two frames that need no checksum; each of ours has one. */
const MAX_PTS_DISTANCE = 1;

/**
 * Writes the beginning of a NUT stream of RGB24 pictures of one size. Behind it belong frames, each as `nutFrameHead` and its pixels.
 *
 * @see https://ffmpeg.org/~michael/nut.txt
 */
export function nutHead(
  { width, height }: { readonly width: number; readonly height: number },
  ticksPerSecond: number,
): Uint8Array {
  const flags = FLAG_KEY | FLAG_CODED_PTS | FLAG_STREAM_ID | FLAG_SIZE_MSB | FLAG_CHECKSUM;
  // One run for all frame codes: flags, 6 fields, pts step, size multiplier, stream, size, reserved, count ('N' is left out).
  const codes = [flags, 6, 0, 1, 0, 0, 0, 255];
  const main = [3, 1, MAX_DISTANCE, 1, 1, ticksPerSecond, ...codes, 0];
  const stream = [
    ...[0, 0].flatMap(variable), // id, video
    ...[4, 0x52, 0x47, 0x42, 24], // 'RGB' of 24 bits
    ...[0, PTS_BITS, MAX_PTS_DISTANCE, 0, 0, 0].flatMap(variable), // time base, decode delay, flags, no extra data
    ...[width, height, 0, 0, 0].flatMap(variable), // no aspect ratio, no colour space: as RGB has them
  ];
  return Buffer.concat([
    FILE_ID,
    packet(START_CODES.main, main.flatMap(variable)),
    packet(START_CODES.stream, stream),
  ]);
}

/** What stands before a frame's bytes. `pts` is in ticks, from 0, and rises. */
export function nutFrameHead(pts: number, byteLength: number): Uint8Array {
  const head = [0, ...[0, pts + 2 ** PTS_BITS, byteLength].flatMap(variable)]; // frame code, stream, pts, size
  // Each frame could begin a new life of the reader's; none looks back for the syncpoint before.
  const syncpoint = packet(START_CODES.syncpoint, [pts, 0].flatMap(variable));
  return Buffer.concat([syncpoint, Uint8Array.from([...head, ...checksum(head)])]);
}

function packet(startCode: bigint, body: readonly number[]): Uint8Array {
  const begin = Buffer.alloc(8);
  begin.writeBigUInt64BE(startCode);
  const rest = [...body, ...checksum(body)];
  return Buffer.concat([begin, Uint8Array.from([...variable(rest.length), ...rest])]);
}

/** Seven bits a byte, the highest first. */
function variable(value: number): number[] {
  const bytes = [value % 128];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) {
    bytes.unshift((rest % 128) + 128);
  }
  return bytes;
}

/** CRC-32 of the polynomial 0x04C11DB7, the highest bit first, from 0. Headers are short: no table is worth its while. */
function checksum(bytes: readonly number[]): number[] {
  let sum = 0;
  for (const byte of bytes) {
    sum ^= byte << 24;
    for (let bit = 0; bit < 8; bit += 1) sum = sum < 0 ? (sum << 1) ^ 0x04c11db7 : sum << 1;
  }
  return [24, 16, 8, 0].map((shift) => (sum >>> shift) & 255);
}
