import { type DecodeCommand, decodeCommand } from './decode-command.js';
import type { FrameTap } from './decode-plan.js';
import { checkFfmpeg, type Ffmpeg, locateFfmpeg } from './find-ffmpeg.js';
import { inputError } from './input-error.js';
import type { MediaInfo, StreamInfo, TimedVideoStream } from './media-info.js';
import type { ResolvedInput } from './media-input.js';
import { placeFrame, toneMapFilters } from './picture-filters.js';
import { probeInput } from './probe.js';
import { requireFilters } from './require-filters.js';
import { hasDenseKeyframes } from './resolve-auto.js';

export interface PrepareOptions {
  readonly ffmpeg?: Ffmpeg | undefined;
  readonly info?: MediaInfo | undefined;
  readonly videoStream?: number | undefined;
  readonly signal: AbortSignal | undefined;
}

export interface PreparedDecode extends DecodeCommand {
  readonly ffmpeg: Ffmpeg;
  readonly info: MediaInfo;
  readonly stream: TimedVideoStream;
  readonly keyframesOnly: boolean;
  /** Pixels of each tap's frames. */
  readonly frameSizes: readonly { readonly width: number; readonly height: number }[];
}

/** Looks at the input and at ffmpeg, and writes the command. */
export async function prepareDecode(
  input: ResolvedInput,
  taps: readonly FrameTap[],
  { ffmpeg: given, info: known, videoStream, signal }: PrepareOptions,
): Promise<PreparedDecode> {
  const place = given ?? (await locateFfmpeg());
  // Both start a process: one waits for the other if it fails, so that none is left behind.
  const [ffmpegResult, infoResult] = await Promise.allSettled([
    given ?? checkFfmpeg(place, signal),
    known ?? probeInput(input, place, signal),
  ]);
  if (ffmpegResult.status === 'rejected') throw ffmpegResult.reason;
  if (infoResult.status === 'rejected') throw infoResult.reason;
  const [ffmpeg, info] = [ffmpegResult.value, infoResult.value];

  const stream = chooseVideo(input.name, info, videoStream);
  const needed = toneMapFilters(stream).map(({ name }) => name);
  if (needed.length > 0) await requireFilters(ffmpeg, [...new Set(needed)], signal);
  const keyframesOnly = await canSkip(input, ffmpeg, info, stream, taps, signal);
  const command = decodeCommand({ input, stream, taps, keyframesOnly, ffmpeg });
  const frameSizes = taps.map(({ size }) => placeFrame(stream, size).crop);
  return { ...command, ffmpeg, info, stream, keyframesOnly, frameSizes };
}

/** The decoder may skip what no tap wants. */
async function canSkip(
  input: ResolvedInput,
  ffmpeg: Ffmpeg,
  info: MediaInfo,
  stream: TimedVideoStream,
  taps: readonly FrameTap[],
  signal: AbortSignal | undefined,
): Promise<boolean> {
  if (!taps.every(({ sample }) => sample === 'keyframes' || sample === 'auto')) return false;
  if (!taps.some(({ sample }) => sample === 'auto')) return true;
  // An address would be read twice, a stream cannot be.
  return input.kind === 'file' && hasDenseKeyframes(input, ffmpeg, info, stream, signal);
}

function chooseVideo(name: string, { streams }: MediaInfo, index: number | undefined): TimedVideoStream {
  const stream = streams.find((candidate) =>
    index === undefined
      ? candidate.type === 'video' && !candidate.isAttachedPicture
      : candidate.type === 'video' && candidate.index === index,
  );
  if (stream?.type !== 'video') {
    const wanted = index === undefined ? 'no video' : `no video stream ${index}`;
    throw inputError(`${name} has ${wanted}: it holds ${listStreams(streams)}`);
  }
  const { timeBase, width, height } = stream;
  if (timeBase === undefined || width === 0 || height === 0) {
    throw inputError(
      `${name} has a video stream whose pictures cannot be made out (${stream.codec ?? 'unknown codec'})`,
    );
  }
  return { ...stream, timeBase };
}

function listStreams(streams: readonly StreamInfo[]): string {
  if (streams.length === 0) return 'no streams';
  const names = streams.map((stream) => {
    const kind = stream.type === 'video' && stream.isAttachedPicture ? 'cover picture' : stream.type;
    return `${kind} (stream ${stream.index}, ${stream.codec ?? 'unknown codec'})`;
  });
  return names.join(', ');
}
