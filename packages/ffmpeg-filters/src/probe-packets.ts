import { type Duplex, pipeline } from 'node:stream';
import pick from 'stream-json/filters/pick.js';
import streamArray from 'stream-json/streamers/stream-array.js';
import * as z from 'zod';
import { type FfmpegPlace, locateFfmpeg } from './find-ffmpeg.js';
import type { StreamInfo } from './media-info.js';
import { checkInput, type ResolvedInput, resolvePlace } from './media-input.js';
import { parsePrinted } from './parse-printed.js';
import type { ProbeOptions } from './probe.js';
import { readFfprobe } from './read-ffprobe.js';

/** One encoded piece of a stream, as a rule one frame. */
export interface PacketInfo {
  /** Presentation time in seconds on the input's own clock; the time of decoding where the file knows no other, as AVI often does. */
  readonly timestamp: number;
  /** 0 where the file does not say. */
  readonly durationSeconds: number;
  readonly isKeyframe: boolean;
  /** Decoded for the sake of others and not shown, as before the place where an edit begins. */
  readonly isDiscarded: boolean;
}

/**
 * Lists the packets of a stream in the order of the file, without decoding any. Reads the whole file once; holds a few packets.
 * One without any time, as in bare H.264, follows the packet before it.
 *
 * @param stream From `probe`.
 * @throws AbortError
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, `ERR_INPUT`, `ERR_FFMPEG_MISSING`
 */
export async function* probePackets(
  input: string | URL,
  stream: StreamInfo,
  { ffmpeg, formats, source, signal }: ProbeOptions = {},
): AsyncGenerator<PacketInfo, void, undefined> {
  const resolved = resolvePlace(input, { formats, source });
  await checkInput(resolved);
  const packets = readPackets(resolved, ffmpeg ?? (await locateFfmpeg()), { streams: [stream], signal });
  let endSeconds = stream.startSeconds ?? 0;
  for await (const { presentationSeconds, decodeSeconds, durationSeconds, ...flags } of packets) {
    const timestamp = presentationSeconds ?? decodeSeconds ?? endSeconds;
    endSeconds = timestamp + durationSeconds;
    yield { timestamp, durationSeconds, isKeyframe: flags.isKeyframe, isDiscarded: flags.isDiscarded };
  }
}

interface ScannedPacket extends PacketInfo {
  readonly streamIndex: number;
}

interface ReadPacket extends Omit<ScannedPacket, 'timestamp'> {
  readonly presentationSeconds: number | undefined;
  readonly decodeSeconds: number | undefined;
}

interface ScanOptions {
  readonly streams: readonly StreamInfo[];
  /** Begins at the keyframe before this time. @defaultValue the beginning */
  readonly fromSeconds?: number | undefined;
  readonly signal: AbortSignal | undefined;
}

/** Packets of several streams, or from a later place; those without a time of presentation are left out. */
export async function* scanPackets(
  input: ResolvedInput,
  place: FfmpegPlace,
  options: ScanOptions,
): AsyncGenerator<ScannedPacket, void, undefined> {
  for await (const { presentationSeconds, decodeSeconds: _, ...packet } of readPackets(input, place, options))
    if (presentationSeconds !== undefined) yield { timestamp: presentationSeconds, ...packet };
}

async function* readPackets(
  input: ResolvedInput,
  place: FfmpegPlace,
  { streams, fromSeconds, signal }: ScanOptions,
): AsyncGenerator<ReadPacket, void, undefined> {
  const [only] = streams;
  const args = [
    ...(streams.length === 1 && only !== undefined ? ['-select_streams', String(only.index)] : []),
    ...(fromSeconds === undefined ? [] : ['-read_intervals', `${fromSeconds.toFixed(6)}%`]),
    ...['-show_entries', 'packet=stream_index,pts,dts,duration,flags'],
  ];
  const timeBases = new Map(streams.map(({ index, timeBase }) => [index, timeBase]));
  for await (const packet of readFfprobe(place, input, args, signal, ({ stdout }) => parsePackets(stdout))) {
    const timeBase = timeBases.get(packet.stream_index);
    if (timeBase === undefined) continue;
    const seconds = (ticks: number) => (ticks * timeBase.numerator) / timeBase.denominator;
    yield {
      streamIndex: packet.stream_index,
      presentationSeconds: packet.pts === undefined ? undefined : seconds(packet.pts),
      decodeSeconds: packet.dts === undefined ? undefined : seconds(packet.dts),
      durationSeconds: seconds(packet.duration ?? 0),
      isKeyframe: packet.flags.startsWith('K'),
      isDiscarded: packet.flags.includes('D'),
    };
  }
}

const packetSchema = z.object({
  stream_index: z.number(),
  pts: z.number().optional(),
  dts: z.number().optional(),
  duration: z.number().optional(),
  flags: z.string(),
});

async function* parsePackets(bytes: NodeJS.ReadableStream) {
  // The last stream of a pipeline; its type cannot know what it emits.
  const packets = pipeline(
    bytes,
    pick.withParserAsStream({ filter: 'packets', streamValues: false }), // values come whole: twice as fast
    streamArray.asStream(),
    () => {}, // an error arrives in the loop
  ) as Duplex as AsyncIterable<{ value: unknown }>;
  for await (const { value } of packets) yield parsePrinted(packetSchema, value);
}
