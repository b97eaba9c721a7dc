import type { Rational } from '../rational.js';
import { malformed, type NutCursor } from './nut-cursor.js';

/** One picture or sound stream inside NUT. */
export interface NutStream {
  readonly id: number;
  readonly kind: 'video' | 'audio' | 'other';
  /** Seconds per tick of `pts`. */
  readonly timeBase: Rational;
  /** Bits of a pts that a frame header writes out when it is near the last one. */
  readonly ptsBits: number;
  /** Pixels; 0 for sound. */
  readonly width: number;
  readonly height: number;
  /** Hz; 0 for pictures. */
  readonly sampleRate: number;
  readonly channels: number;
}

/** What a frame's first byte stands for. */
export interface FrameCode {
  readonly flags: number;
  readonly streamId: number;
  readonly sizeMultiplier: number;
  readonly sizeRest: number;
  readonly ptsDelta: number;
  readonly reservedCount: number;
  readonly elidedHeader: number;
}

export interface NutMain {
  readonly timeBases: readonly Rational[];
  /** 256 of them. */
  readonly frameCodes: readonly FrameCode[];
  /** Bytes that frames may begin with without writing them; the first is empty. */
  readonly elidedHeaders: readonly Uint8Array[];
}

/** What every NUT begins with. */
export const FILE_ID = Buffer.from('nut/multimedia container\0', 'latin1');
/** What the packets that are not frames begin with. */
export const START_CODES = {
  main: 0x4e4d7a561f5f04adn,
  stream: 0x4e5311405bf2f9dbn,
  syncpoint: 0x4e4be4adeeca4569n,
  index: 0x4e58dd672f23e64en,
  info: 0x4e49ab68b596ba78n,
};

export const FLAG_KEY = 1;
export const FLAG_CODED_PTS = 1 << 3;
export const FLAG_STREAM_ID = 1 << 4;
export const FLAG_SIZE_MSB = 1 << 5;
export const FLAG_CHECKSUM = 1 << 6;
export const FLAG_RESERVED = 1 << 7;
export const FLAG_SIDE_AND_META = 1 << 8;
export const FLAG_HEADER_IDX = 1 << 10;
export const FLAG_MATCH_TIME = 1 << 11;
export const FLAG_CODED = 1 << 12;
export const FLAG_INVALID = 1 << 13;

/** Limits against a broken stream. ffmpeg's own stay far below: it writes a handful of time bases and streams. */
const MAX_TIME_BASES = 256;
const MAX_STREAMS = 256;

export function readMainHeader(cursor: NutCursor): NutMain {
  const version = cursor.unsigned();
  if (version !== 3 && version !== 4) throw malformed(`version ${version}`);
  if (version > 3) cursor.unsigned(); // minor version
  cursor.unsigned(); // stream count
  cursor.unsigned(); // max distance
  const timeBases = readTimeBases(cursor);
  const frameCodes = readFrameCodes(cursor);
  return { timeBases, frameCodes, elidedHeaders: readElidedHeaders(cursor) };
}

function readTimeBases(cursor: NutCursor): Rational[] {
  const count = cursor.unsigned();
  if (count < 1 || count > MAX_TIME_BASES) throw malformed(`${count} time bases`);
  return Array.from({ length: count }, () => {
    const timeBase = { numerator: cursor.unsigned(), denominator: cursor.unsigned() };
    if (timeBase.numerator === 0 || timeBase.denominator === 0) throw malformed('a time base of 0');
    return timeBase;
  });
}

/** The table is written as runs; each run names only the fields that differ from the run before. */
function readFrameCodes(cursor: NutCursor): FrameCode[] {
  const codes: FrameCode[] = [];
  let ptsDelta = 0;
  let sizeMultiplier = 1;
  let streamId = 0;
  let elidedHeader = 0;
  while (codes.length < 256) {
    const flags = cursor.unsigned();
    const fields = cursor.unsigned();
    if (fields > 0) ptsDelta = cursor.signed();
    if (fields > 1) sizeMultiplier = cursor.unsigned();
    if (fields > 2) streamId = cursor.unsigned();
    const size = fields > 3 ? cursor.unsigned() : 0;
    const reservedCount = fields > 4 ? cursor.unsigned() : 0;
    const count = fields > 5 ? cursor.unsigned() : sizeMultiplier - size;
    if (fields > 6) cursor.signed(); // match time delta, meant for seeking
    if (fields > 7) elidedHeader = cursor.unsigned();
    for (let field = 8; field < fields; field += 1) cursor.unsigned();
    if (count < 1) throw malformed('a frame code table that does not end');
    for (let i = 0; i < count && codes.length < 256; i += 1) {
      if (codes.length === 0x4e) codes.push({ ...INVALID_CODE }); // 'N' begins a header, never a frame
      codes.push({
        flags,
        streamId,
        sizeMultiplier,
        sizeRest: size + i,
        ptsDelta,
        reservedCount,
        elidedHeader,
      });
    }
  }
  return codes;
}

const INVALID_CODE: FrameCode = {
  flags: FLAG_INVALID,
  streamId: 0,
  sizeMultiplier: 1,
  sizeRest: 0,
  ptsDelta: 0,
  reservedCount: 0,
  elidedHeader: 0,
};

function readElidedHeaders(cursor: NutCursor): Uint8Array[] {
  const count = cursor.unsigned();
  if (count > 127) throw malformed(`${count} elided headers`);
  return [new Uint8Array(0), ...Array.from({ length: count }, () => Uint8Array.from(cursor.bytes()))];
}

const KINDS = ['video', 'audio'] as const;

export function readStreamHeader(cursor: NutCursor, { timeBases }: NutMain): NutStream {
  const id = cursor.unsigned();
  if (id >= MAX_STREAMS) throw malformed(`stream number ${id}`);
  const kind: NutStream['kind'] = KINDS[cursor.unsigned()] ?? 'other';
  cursor.bytes(); // fourcc: the command says what is inside
  const timeBase = timeBases[cursor.unsigned()];
  if (timeBase === undefined) throw malformed('a stream without time base');
  const ptsBits = cursor.unsigned();
  if (ptsBits > 32) throw malformed(`${ptsBits} bits of a pts`);
  cursor.unsigned(); // max pts distance
  cursor.unsigned(); // decode delay
  cursor.unsigned(); // stream flags
  cursor.bytes(); // codec specific
  const stream = { id, kind, timeBase, ptsBits, width: 0, height: 0, sampleRate: 0, channels: 0 };
  if (kind === 'video') return { ...stream, width: cursor.unsigned(), height: cursor.unsigned() };
  if (kind === 'other') return stream;
  const rate = cursor.unsigned();
  return { ...stream, sampleRate: rate / cursor.unsigned(), channels: cursor.unsigned() };
}

/** A syncpoint's time in ticks of each stream's own time base. */
export function readSyncpoint(
  cursor: NutCursor,
  { timeBases }: NutMain,
): { ticks: number; timeBase: Rational } {
  const coded = cursor.unsigned();
  const timeBase = timeBases[coded % timeBases.length]!; // the remainder is below the length
  return { ticks: Math.floor(coded / timeBases.length), timeBase };
}
