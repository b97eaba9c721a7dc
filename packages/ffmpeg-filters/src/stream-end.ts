import type { Ffmpeg, FfmpegPlace } from './find-ffmpeg.js';
import type { MediaInfo, StreamInfo, TimedStream } from './media-info.js';
import type { ResolvedInput } from './media-input.js';
import { scanPackets } from './probe-packets.js';

/** When a stream ends on its own clock, in seconds, if the container says so for this very one. */
export function statedStreamEnd(
  info: MediaInfo,
  { startSeconds, durationSeconds, tags }: Pick<StreamInfo, 'startSeconds' | 'durationSeconds' | 'tags'>,
): number | undefined {
  if (durationSeconds !== undefined) return (startSeconds ?? 0) + durationSeconds;
  // Matroska has no duration of a stream; its usual writers put the end there as a tag.
  const { DURATION: endTag = '' } = tags;
  const [, hours, minutes, seconds] = /^(\d+):(\d+):(\d+\.?\d*)$/.exec(endTag) ?? [];
  if (hours !== undefined) return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return info.streams.length === 1 ? statedEnd(info) : undefined;
}

/** When the longest stream ends. */
function statedEnd({ startSeconds, durationSeconds }: MediaInfo): number | undefined {
  return durationSeconds === undefined ? undefined : (startSeconds ?? 0) + durationSeconds;
}

/** A file that ends so much before it says is broken off; containers round, and count sound in blocks. */
export const TOLERANCE_SECONDS = 1;

/** When a stream should end, as far as the container says. */
export const claimedEnd = (info: MediaInfo, stream: StreamInfo): number | undefined =>
  statedStreamEnd(info, stream) ?? statedEnd(info);

export interface StreamEnd {
  /** When the last frame or sample ends. */
  readonly endSeconds: number;
  /** When the stream should have ended, if it broke off before. */
  readonly missedEndSeconds: number | undefined;
}

/** A stream of an input, and how it is decoded. */
export interface DecodedStream {
  readonly info: MediaInfo;
  readonly stream: TimedStream;
  readonly ffmpeg: Ffmpeg;
  /** Only keyframes were decoded: the last one may well be long before the end. */
  readonly keyframesOnly: boolean;
}

/** How far decoding came. */
export interface Reached {
  /** When the last frame or sample began. */
  readonly lastSeconds: number;
  /** When it ended, as far as its own length tells. */
  readonly ownEndSeconds: number;
  /** Decoding stopped because nothing more was wanted. */
  readonly isDone: boolean;
  /** When the last of all streams of the input ended, if all were decoded. */
  readonly allEndSeconds: number | undefined;
  /** What the container says is a guess of ffmpeg's, from the bit rate. */
  readonly isGuess: boolean;
}

/**
 * Compares where decoding ended with what the container says. A truncated file makes ffmpeg exit with success; on the
 * other hand a container's duration is that of its longest stream. So in doubt the packets at the end are looked at.
 */
export async function findEnd(
  input: ResolvedInput,
  decoded: DecodedStream,
  { lastSeconds, ownEndSeconds, allEndSeconds, isDone, isGuess }: Reached,
  /** What `lookAhead` found. */
  ahead: Promise<TailEnds | undefined>,
  signal: AbortSignal,
): Promise<StreamEnd> {
  const { info, stream, keyframesOnly } = decoded;
  const stated = isGuess ? undefined : statedStreamEnd(info, stream);
  const claimed = isGuess ? undefined : (stated ?? statedEnd(info));
  const whole = (end: number | undefined) => ({
    endSeconds: end !== undefined && end > lastSeconds ? end : ownEndSeconds,
    missedEndSeconds: undefined,
  });
  if (isDone) return whole(claimed);
  // ffmpeg's own MP4 of irregular frames with B-frames: its packets know better than the mean of all frames.
  if (stream.type === 'video' && stated !== undefined && stated <= lastSeconds && input.kind !== 'stream') {
    const tail = await scanTail(input, decoded, lastSeconds, signal).catch(() => undefined); // good news only
    return whole(tail?.ownEnd);
  }
  if (claimed === undefined || claimed - lastSeconds <= TOLERANCE_SECONDS) return whole(stated);

  if (input.kind === 'stream') {
    // What the container says of no stream by itself is for the longest, which may be one that nobody decoded.
    const isShort = stated !== undefined || (allEndSeconds ?? claimed) < claimed - TOLERANCE_SECONDS;
    if (keyframesOnly || !isShort) return whole(stated);
    return { endSeconds: ownEndSeconds, missedEndSeconds: claimed };
  }
  const seen = await ahead.catch(() => undefined); // looked at again below
  const isWhole = seen !== undefined && seen.ownEnd >= claimed - TOLERANCE_SECONDS;
  const tail = isWhole ? seen : await scanFrom(input, decoded, lastSeconds, signal);
  if (tail === undefined) return whole(stated); // a format without times in its packets: nothing can be told
  const reachesEnd = Math.max(tail.anyEnd, tail.ownEnd) >= claimed - TOLERANCE_SECONDS;
  const isDecoded = keyframesOnly || tail.ownEnd - ownEndSeconds <= TOLERANCE_SECONDS;
  if (reachesEnd && isDecoded) return whole(stated ?? tail.ownEnd);
  const endSeconds = keyframesOnly ? Math.max(ownEndSeconds, tail.ownEnd) : ownEndSeconds;
  return { endSeconds, missedEndSeconds: claimed };
}

/** When the last packets end, in seconds. */
export interface TailEnds {
  /** Of the stream itself. */
  readonly ownEnd: number;
  /** Of any stream. */
  readonly anyEnd: number;
}

/**
 * Looks at the end of a file whose last keyframe may well be long before it, while its keyframes are decoded; undefined where that
 * is not to be expected. Good news only: a file that is broken off must be looked at again, from its last frame on.
 */
export async function lookAhead(
  input: ResolvedInput,
  decoded: DecodedStream,
  signal: AbortSignal,
): Promise<TailEnds | undefined> {
  const claimed = claimedEnd(decoded.info, decoded.stream);
  if (!decoded.keyframesOnly || input.kind !== 'file' || claimed === undefined) return undefined;
  return scanTail(input, decoded, claimed - TOLERANCE_SECONDS, signal);
}

/** Seeks; where that fails, or goes past all packets as in AIFF and AU that are cut, goes through all of them. */
async function scanFrom(
  input: ResolvedInput,
  decoded: DecodedStream,
  fromSeconds: number,
  signal: AbortSignal,
): Promise<TailEnds | undefined> {
  const tail = await scanTail(input, decoded, fromSeconds, signal).catch(() => undefined); // an error of the input comes again
  return tail ?? (await scanTail(input, decoded, undefined, signal));
}

/** @param fromSeconds - undefined for all of it. @returns undefined where packets have no times. */
export async function scanTail(
  input: ResolvedInput,
  {
    info: { streams },
    stream,
    ffmpeg,
  }: Pick<DecodedStream, 'info'> & { readonly stream: StreamInfo; readonly ffmpeg: FfmpegPlace },
  fromSeconds: number | undefined,
  signal: AbortSignal | undefined,
): Promise<TailEnds | undefined> {
  let ownEnd = Number.NEGATIVE_INFINITY;
  let anyEnd = Number.NEGATIVE_INFINITY;
  for await (const packet of scanPackets(input, ffmpeg, { streams, fromSeconds, signal })) {
    const end = packet.timestamp + packet.durationSeconds;
    anyEnd = Math.max(anyEnd, end);
    if (packet.streamIndex === stream.index) ownEnd = Math.max(ownEnd, end);
  }
  return anyEnd === Number.NEGATIVE_INFINITY ? undefined : { ownEnd, anyEnd };
}
