import { ByteReader } from './byte-reader.js';
import { malformed, NutCursor } from './nut-cursor.js';
import {
  FILE_ID,
  FLAG_CHECKSUM,
  FLAG_CODED,
  FLAG_CODED_PTS,
  FLAG_HEADER_IDX,
  FLAG_INVALID,
  FLAG_MATCH_TIME,
  FLAG_RESERVED,
  FLAG_SIDE_AND_META,
  FLAG_SIZE_MSB,
  FLAG_STREAM_ID,
  type NutMain,
  type NutStream,
  readMainHeader,
  readStreamHeader,
  readSyncpoint,
  START_CODES,
} from './nut-headers.js';

/** One frame of one stream. */
export interface NutFrame {
  readonly stream: NutStream;
  /** In ticks of the stream's time base. */
  readonly pts: number;
  /** Exactly one frame, in memory of its own. */
  readonly data: Uint8Array;
}

/** A header is a few hundred bytes; more is no header. */
const MAX_HEADER_BYTES = 1 << 20;
/** No frame header is longer: one byte and at most a dozen numbers. */
const FRAME_HEADER_BYTES = 128;

/**
 * Reads what ffmpeg writes with `-f nut`. Takes the bytes in chunks of any length and holds one frame.
 *
 * @param maxFrameBytes No frame may be larger, so that a broken stream cannot ask for all memory.
 * @throws {MediaError} `ERR_FFMPEG_EXIT` when the bytes are no NUT or end within a frame.
 * @see https://ffmpeg.org/~michael/nut.txt
 */
export async function* demuxNut(
  chunks: AsyncIterable<Uint8Array>,
  maxFrameBytes: number,
): AsyncGenerator<NutFrame, void, undefined> {
  const reader = new ByteReader(chunks);
  const state: NutState = { main: undefined, streams: new Map(), lastPts: new Map() };
  const begin = await reader.peek(FILE_ID.length);
  if (begin.length === 0) return; // ffmpeg wrote nothing: its exit status says why
  if (!FILE_ID.equals(begin.subarray(0, FILE_ID.length))) throw malformed('the file id is missing');
  reader.skip(FILE_ID.length);

  for (;;) {
    const next = await reader.peek(1);
    if (next.length === 0) return;
    if (next[0] === 0x4e) {
      await readPacket(reader, state);
      continue;
    }
    const header = await peekFrameHeader(reader, state, maxFrameBytes);
    reader.skip(header.headerBytes);
    const data = uninitialised(header.size);
    data.set(header.elided);
    if (!(await reader.fill(data.subarray(header.elided.length)))) throw malformed('it ends within a frame');
    yield { stream: header.stream, pts: header.pts, data };
  }
}

interface NutState {
  main: NutMain | undefined;
  readonly streams: Map<number, NutStream>;
  readonly lastPts: Map<number, number>;
}

/** Waits for no byte behind the header: the next frame may be a long time coming. */
async function peekFrameHeader(
  reader: ByteReader,
  state: NutState,
  maxFrameBytes: number,
): Promise<FrameHeader> {
  for (let length = 1; ; ) {
    const bytes = await reader.peek(length);
    try {
      return readFrameHeader(new NutCursor(bytes), state, maxFrameBytes);
    } catch (error) {
      const isCut = bytes.length < FRAME_HEADER_BYTES && bytes.length >= length;
      if (!isCut) throw error; // broken, or at the end
      length = bytes.length + 1;
    }
  }
}

/** Reads one of the packets that are not frames. Unknown ones are skipped, as the specification says. */
async function readPacket(reader: ByteReader, state: NutState): Promise<void> {
  const begin = await reader.peek(32);
  if (begin.length < 8) throw malformed('it ends within a packet');
  const startCode = new DataView(begin.buffer, begin.byteOffset).getBigUint64(0);
  const cursor = new NutCursor(begin, 8);
  const length = cursor.unsigned(); // of what follows, with the checksum at its end
  if (length > MAX_HEADER_BYTES && startCode !== START_CODES.index)
    throw malformed(`a packet of ${length} bytes`);
  if (length > 4096) cursor.skip(4); // long ones carry a checksum of their header
  reader.skip(cursor.position);
  if (startCode === START_CODES.index) return skipBytes(reader, length);
  const body = await reader.peek(length);
  if (body.length < length) throw malformed('it ends within a packet');
  readPacketBody(startCode, new NutCursor(body.subarray(0, length)), state);
  reader.skip(length);
}

/** An index grows with the length of the film, and is of no use here. */
async function skipBytes(reader: ByteReader, length: number): Promise<void> {
  for (let left = length; left > 0; ) {
    const part = Math.min(left, (await reader.peek(1)).length);
    if (part === 0) throw malformed('it ends within a packet');
    reader.skip(part);
    left -= part;
  }
}

function readPacketBody(startCode: bigint, cursor: NutCursor, state: NutState): void {
  if (startCode === START_CODES.main) {
    state.main = readMainHeader(cursor);
    return;
  }
  if (startCode === START_CODES.info) return;
  if (state.main === undefined) throw malformed('there is no main header');
  if (startCode === START_CODES.stream) {
    const stream = readStreamHeader(cursor, state.main);
    state.streams.set(stream.id, stream);
  } else if (startCode === START_CODES.syncpoint) {
    const { ticks, timeBase } = readSyncpoint(cursor, state.main);
    for (const { id, timeBase: own } of state.streams.values()) {
      // Integers: the product exceeds 53 bits. Division of negative numbers does not occur, syncpoints are unsigned.
      const numerator = BigInt(ticks) * BigInt(timeBase.numerator) * BigInt(own.denominator);
      state.lastPts.set(id, Number(numerator / (BigInt(timeBase.denominator) * BigInt(own.numerator))));
    }
  }
}

interface FrameHeader {
  readonly stream: NutStream;
  readonly pts: number;
  readonly size: number;
  readonly elided: Uint8Array;
  readonly headerBytes: number;
}

function readFrameHeader(cursor: NutCursor, state: NutState, maxFrameBytes: number): FrameHeader {
  const code = state.main?.frameCodes[cursor.byte()];
  if (state.main === undefined || code === undefined) throw malformed('there is no main header');
  let { flags } = code;
  if ((flags & FLAG_CODED) !== 0) flags ^= cursor.unsigned();
  // Frames of video and PCM carry no side data; a reader that skipped it wrongly would take it for pixels.
  if ((flags & (FLAG_INVALID | FLAG_SIDE_AND_META)) !== 0) throw malformed('a frame code that is not in use');
  const id = (flags & FLAG_STREAM_ID) !== 0 ? cursor.unsigned() : code.streamId;
  const stream = state.streams.get(id);
  if (stream === undefined) throw malformed(`a frame of stream ${id}, which was not announced`);
  const pts = readPts(cursor, flags, state.lastPts.get(id) ?? 0, stream, code.ptsDelta);
  const size = code.sizeRest + ((flags & FLAG_SIZE_MSB) !== 0 ? code.sizeMultiplier * cursor.unsigned() : 0);
  if ((flags & FLAG_MATCH_TIME) !== 0) cursor.signed();
  const elided =
    state.main.elidedHeaders[(flags & FLAG_HEADER_IDX) !== 0 ? cursor.unsigned() : code.elidedHeader];
  const reserved = (flags & FLAG_RESERVED) !== 0 ? cursor.unsigned() : code.reservedCount;
  for (let i = 0; i < reserved; i += 1) cursor.unsigned();
  if ((flags & FLAG_CHECKSUM) !== 0) cursor.skip(4);
  if (elided === undefined || elided.length > size) throw malformed('a frame shorter than its beginning');
  if (size > maxFrameBytes) throw malformed(`a frame of ${size} bytes where ${maxFrameBytes} were expected`);
  state.lastPts.set(id, pts);
  return { stream, pts, size, elided, headerBytes: cursor.position };
}

/** A pts is a step from the last one, the low bits of a value near it, or written in full. */
function readPts(
  cursor: NutCursor,
  flags: number,
  last: number,
  { ptsBits }: NutStream,
  step: number,
): number {
  if ((flags & FLAG_CODED_PTS) === 0) return last + step;
  const coded = cursor.unsigned();
  const range = 2 ** ptsBits;
  if (coded >= range) return coded - range;
  const lowest = last - (range / 2 - 1);
  return ((((coded - lowest) % range) + range) % range) + lowest;
}

/** Memory that is filled at once anyway. Not a Buffer, whose `slice` shares memory. */
function uninitialised(length: number): Uint8Array {
  return new Uint8Array(Buffer.allocUnsafeSlow(length).buffer, 0, length);
}
