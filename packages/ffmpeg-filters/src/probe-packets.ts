import { type Duplex, pipeline } from 'node:stream';
import pick from 'stream-json/filters/pick.js';
import streamArray from 'stream-json/streamers/stream-array.js';
import * as z from 'zod';
import { type FfmpegPlace, locateFfmpeg } from './find-ffmpeg.js';
import type { StreamInfo } from './media-info.js';
import { checkInput, type ResolvedInput, resolveInput } from './media-input.js';
import type { ProbeOptions } from './probe.js';
import { readFfprobe } from './read-ffprobe.js';

/** One encoded piece of a stream, as a rule one frame. */
export interface PacketInfo {
  /** Presentation time in seconds on the input's own clock. */
  readonly timestamp: number;
  /** 0 where the file does not say. */
  readonly durationSeconds: number;
  readonly isKeyframe: boolean;
}

/**
 * Lists the packets of a stream in the order of the file, without decoding any. Reads the whole file once; holds a few packets.
 * Those without time are left out.
 *
 * @param stream From `probe`.
 * @throws AbortError
 * @throws {MediaError} `ERR_INPUT`, `ERR_FFMPEG_MISSING`
 */
export async function* probePackets(
  input: string | URL,
  stream: StreamInfo,
  { ffmpeg, formats, signal }: ProbeOptions = {},
): AsyncGenerator<PacketInfo, void, undefined> {
  const resolved = resolveInput(input, { formats });
  await checkInput(resolved);
  yield* scanPackets(resolved, ffmpeg ?? (await locateFfmpeg()), { streams: [stream], signal });
}

export interface ScannedPacket extends PacketInfo {
  readonly streamIndex: number;
}

interface ScanOptions {
  readonly streams: readonly StreamInfo[];
  /** Begins at the keyframe before this time. @defaultValue the beginning */
  readonly fromSeconds?: number;
  readonly signal: AbortSignal | undefined;
}

export async function* scanPackets(
  input: ResolvedInput,
  place: FfmpegPlace,
  { streams, fromSeconds, signal }: ScanOptions,
): AsyncGenerator<ScannedPacket, void, undefined> {
  const [only] = streams;
  const args = [
    ...(streams.length === 1 && only !== undefined ? ['-select_streams', String(only.index)] : []),
    ...(fromSeconds === undefined ? [] : ['-read_intervals', `${fromSeconds.toFixed(6)}%`]),
    ...['-show_entries', 'packet=stream_index,pts,duration,flags'],
  ];
  const timeBases = new Map(streams.map(({ index, timeBase }) => [index, timeBase]));
  for await (const packet of readFfprobe(place, input, args, signal, ({ stdout }) => readPackets(stdout))) {
    const timeBase = timeBases.get(packet.stream_index);
    if (timeBase === undefined || packet.pts === undefined) continue;
    const seconds = (ticks: number) => (ticks * timeBase.numerator) / timeBase.denominator;
    yield {
      streamIndex: packet.stream_index,
      timestamp: seconds(packet.pts),
      durationSeconds: seconds(packet.duration ?? 0),
      isKeyframe: packet.flags.startsWith('K'),
    };
  }
}

const packetSchema = z.object({
  stream_index: z.number(),
  pts: z.number().optional(),
  duration: z.number().optional(),
  flags: z.string(),
});

async function* readPackets(bytes: NodeJS.ReadableStream) {
  // The last stream of a pipeline; its type cannot know what it emits.
  const packets = pipeline(
    bytes,
    pick.withParserAsStream({ filter: 'packets' }),
    streamArray.asStream(),
    () => {}, // an error arrives in the loop
  ) as Duplex as AsyncIterable<{ value: unknown }>;
  for await (const { value } of packets) yield packetSchema.parse(value);
}
