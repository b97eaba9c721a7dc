import { type FileHandle, open } from 'node:fs/promises';
import type { ResolvedInput } from './media-input.js';
import { findSoundChunk, SOUND_HEAD_BYTES, SOUND_LAYOUTS, type SoundLayout } from './sound-chunk.js';

/**
 * Looks for the end of a file whose duration tells nothing: that of Ogg is read from its last page, wherever that is, those of AVI, WAV, W64
 * and CAF are made to fit what is there, and ffprobe has none of an ASF that is cut. Says in words what is missing; undefined where nothing is, or nothing can be told.
 */
export async function missingEnd(input: ResolvedInput, formatName: string): Promise<string | undefined> {
  const look = LOOKS[formatName];
  if (input.kind !== 'file' || look === undefined) return undefined;
  const file = await open(input.path).catch(() => undefined);
  if (file === undefined) return undefined; // gone since
  try {
    return await look(file, (await file.stat()).size);
  } finally {
    await file.close();
  }
}

type Look = (file: FileHandle, size: number) => Promise<string | undefined>;

const LOOKS: Readonly<Record<string, Look>> = {
  ogg: missingOggEnd,
  avi: missingAviEnd,
  asf: missingAsfEnd,
  ...Object.fromEntries(
    Object.entries(SOUND_LAYOUTS).map(([name, layout]) => [name, missingSoundEnd(layout)]),
  ),
};

/** No page is larger. */
const OGG_TAIL = 65_536;
const OGG_HEADER = 27;
const OGG_LAST_PAGE = 4;

/** The last page of each stream says that it is, and so does that of the file. @see RFC 3533, section 6 */
async function missingOggEnd(file: FileHandle, size: number): Promise<string | undefined> {
  const tail = await readAt(file, Math.max(0, size - OGG_TAIL), OGG_TAIL);
  const begin = tail.lastIndexOf('OggS\0', undefined, 'latin1');
  if (begin < 0) return undefined;
  const page = tail.subarray(begin);
  const lengths = page.subarray(OGG_HEADER, OGG_HEADER + (page[OGG_HEADER - 1] ?? 0));
  const isCut =
    page.length < OGG_HEADER ||
    lengths.length < page[OGG_HEADER - 1]! || // long enough
    page.length < OGG_HEADER + lengths.length + lengths.reduce((sum, length) => sum + length, 0);
  if (isCut) return 'its last Ogg page is cut';
  return (page[5]! & OGG_LAST_PAGE) === 0 ? 'its last Ogg page is not marked as the end' : undefined;
}

/** Some for each gigabyte of packets, so that is far above what any AVI has; one of tiny chunks would be gone through for hours. */
const MOST_AVI_CHUNKS = 10_000;

/**
 * Goes from chunk to chunk: the packets are in a list called `movi`, in large files in one for each gigabyte. What is behind them, an index,
 * may be missing. One that was written into a pipe has no lengths.
 */
async function missingAviEnd(file: FileHandle, size: number): Promise<string | undefined> {
  for (let offset = 0, seen = 0; offset + 12 <= size && seen < MOST_AVI_CHUNKS; seen++) {
    const header = await readAt(file, offset, 12);
    const [name, kind] = [header.toString('latin1', 0, 4), header.toString('latin1', 8, 12)];
    if (!/^[ -~]{4}$/.test(name)) return undefined; // whatever that is behind the last chunk
    const length = header.readUInt32LE(4);
    const end = offset + 8 + length;
    if (kind === 'movi' && end > size && length !== 0xff_ff_ff_ff)
      return `${end - size} bytes of its packets are missing`;
    offset = name === 'RIFF' ? offset + 12 : end + (length % 2);
  }
  return undefined;
}

/** An object of ASF begins with its name and its size; the one of the header with more, before those that it holds. */
const ASF_OBJECT = 24;
const ASF_HEADER = 30;
const ASF_FILE_PROPERTIES = 'a1dcab8c47a9cf118ee400c00c205365';
/** So much of the object above tells the size of the file and the flags. */
const ASF_SIZE_AND_FLAGS = 92;
/** Set where the file was written without knowing its end, as into a pipe: then what is said of its size means nothing. */
const ASF_BROADCAST = 1;
/** A header has some twenty. */
const MOST_ASF_OBJECTS = 1000;

/** Goes through the objects of the header, one of which says how large the file is. @see ASF specification, section 3.2 */
async function missingAsfEnd(file: FileHandle, size: number): Promise<string | undefined> {
  for (let offset = ASF_HEADER, seen = 0; offset + ASF_OBJECT <= size && seen < MOST_ASF_OBJECTS; seen++) {
    const object = await readAt(file, offset, ASF_SIZE_AND_FLAGS);
    if (object.length === ASF_SIZE_AND_FLAGS && object.toString('hex', 0, 16) === ASF_FILE_PROPERTIES) {
      const isBroadcast = (object.readUInt32LE(88) & ASF_BROADCAST) !== 0;
      const missing = Number(object.readBigUInt64LE(40)) - size;
      return isBroadcast || missing <= 0 ? undefined : `${missing} bytes of the file are missing`;
    }
    offset += Math.max(ASF_OBJECT, Number(object.readBigUInt64LE(16)));
  }
  return undefined;
}

/** The chunk of the sound says how long it is, unless nobody knew. */
function missingSoundEnd(layout: SoundLayout): Look {
  return async (file, size) => {
    const chunk = findSoundChunk(await readAt(file, 0, SOUND_HEAD_BYTES), layout);
    if (chunk === undefined || chunk.isOpen) return undefined;
    const missing = chunk.start + chunk.length - size;
    return missing > 0 ? `${missing} bytes of its sound are missing` : undefined;
  };
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
