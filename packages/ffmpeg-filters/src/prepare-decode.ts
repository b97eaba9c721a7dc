import { isMediaError, MediaError } from '@deepffmpeg/core';
import type { AudioPart } from './audio-side.js';
import { decodeCommand } from './decode-command.js';
import type { FrameTap, ParsedPlan } from './decode-plan.js';
import { checkFfmpeg, type Ffmpeg, locateFfmpeg } from './find-ffmpeg.js';
import { findAudioStream, findVideoStream } from './find-streams.js';
import { inputError } from './input-error.js';
import { kindOfFilter, type MeasurementLook, measurementLooks } from './measurement-looks.js';
import type { MediaInfo, StreamInfo, TimedAudioStream, TimedVideoStream } from './media-info.js';
import { asJpeg, type ResolvedInput } from './media-input.js';
import { placeFrame, toneMapFilters } from './picture-filters.js';
import { probeInput } from './probe.js';
import { requireFilters } from './require-filters.js';
import { hasDenseKeyframes } from './resolve-auto.js';
import { filtersOfScoring, kindOfScoring, type ScoringLook, scoringLooks } from './scoring-looks.js';
import type { VideoPart } from './video-side.js';

export interface PrepareOptions {
  readonly ffmpeg?: Ffmpeg | undefined;
  readonly info?: MediaInfo | undefined;
  readonly videoStream?: number | undefined;
  readonly audioStream?: number | undefined;
  /** Called when a kind is missing and the other is not. @defaultValue the decode fails */
  readonly onMissing?: ((kind: 'video' | 'audio', reason: string) => void) | undefined;
  readonly signal: AbortSignal | undefined;
}

export interface PreparedDecode {
  readonly ffmpeg: Ffmpeg;
  readonly info: MediaInfo;
  readonly args: readonly string[];
  readonly video: (VideoPart & { readonly keyframesOnly: boolean }) | undefined;
  readonly audio: AudioPart | undefined;
  readonly looks: readonly MeasurementLook[];
  readonly scorings: readonly ScoringLook[];
}

/** Looks at the input and at ffmpeg, and writes the command. */
export async function prepareDecode(
  input: ResolvedInput,
  plan: ParsedPlan,
  options: PrepareOptions,
): Promise<PreparedDecode> {
  const { signal } = options;
  const { ffmpeg, info } = await lookAt(input, options);
  const streams = chooseStreams(input.name, info, plan, options);
  const looks = measurementLooks(plan.measurements, streams.video, streams.audio);
  const scorings = scoringLooks(plan.scores, streams.video, streams.audio);
  const video = plan.frames.length > 0 ? streams.video : undefined;
  const audio = plan.audio.length > 0 ? streams.audio : undefined;
  if (video === undefined && audio === undefined && looks.length + scorings.length === 0)
    throw inputError(`${input.name} has no sound of two channels, and aphasemeter measures no other`);

  if (video) await requireToneMapping(input, video, ffmpeg, signal);
  const needed = [
    ...looks.flatMap(({ filters }) => filters.map(({ filter }) => filter)),
    ...scorings.flatMap(filtersOfScoring),
  ];
  if (needed.length > 0) await requireFilters(ffmpeg, [...new Set(needed)], { signal });
  const keyframesOnly =
    video !== undefined &&
    ![...looks, ...scorings].some(({ kind }) => kind === 'video') &&
    (await canSkip(input, ffmpeg, info, video, plan.frames, signal));
  const { args, shiftTicks, shiftSeconds } = decodeCommand({
    input: info.formatName === 'jpeg_pipe' ? asJpeg(input) : input, // by itself ffmpeg may go by the name
    video: video && { stream: video, taps: plan.frames, keyframesOnly },
    audio: audio && { stream: audio, taps: plan.audio },
    looks,
    scorings,
    ffmpeg,
  });
  return {
    ffmpeg,
    info,
    args,
    video: video && {
      stream: video,
      shiftTicks,
      keyframesOnly,
      frameSizes: plan.frames.map((tap) => placeFrame(video, tap).crop),
    },
    audio: audio && { stream: audio, shiftSeconds },
    looks,
    scorings,
  };
}

/** HDR asks for filters that not every build has: the trouble of this input, and of no other. @throws {MediaError} `ERR_INPUT` */
async function requireToneMapping(
  { name }: ResolvedInput,
  stream: TimedVideoStream,
  ffmpeg: Ffmpeg,
  signal: AbortSignal | undefined,
): Promise<void> {
  const needed = toneMapFilters(stream).map((filter) => filter.name);
  if (needed.length === 0) return;
  try {
    await requireFilters(ffmpeg, [...new Set(needed)], { signal });
  } catch (error) {
    if (!isMediaError(error)) throw error;
    throw inputError(
      `${name} is HDR, and cannot be brought to the range of ordinary screens: ${error.message}`,
      error,
    );
  }
}

async function lookAt(
  input: ResolvedInput,
  { ffmpeg: given, info: known, signal }: PrepareOptions,
): Promise<{ readonly ffmpeg: Ffmpeg; readonly info: MediaInfo }> {
  const place = given ?? (await locateFfmpeg());
  // Both start a process: one waits for the other if it fails, so that none is left behind.
  const [ffmpeg, info] = await Promise.allSettled([
    given ?? checkFfmpeg(place, signal),
    known ?? probeInput(input, place, signal),
  ]);
  if (ffmpeg.status === 'rejected') throw ffmpeg.reason;
  if (info.status === 'rejected') throw info.reason;
  return { ffmpeg: ffmpeg.value, info: info.value };
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

/** The streams for what the plan asks for. @throws {MediaError} `ERR_INPUT` when one is missing, unless `onMissing` hears of it */
function chooseStreams(
  name: string,
  info: MediaInfo,
  plan: ParsedPlan,
  { videoStream, audioStream, onMissing }: PrepareOptions,
): { readonly video: TimedVideoStream | undefined; readonly audio: TimedAudioStream | undefined } {
  const measured = [
    ...plan.measurements.map(({ filter }) => kindOfFilter(filter)),
    ...plan.scores.map(kindOfScoring),
  ];
  const wantsVideo = plan.frames.length > 0 || measured.includes('video');
  const wantsAudio = plan.audio.length > 0 || measured.includes('audio');
  const video = wantsVideo ? chooseVideo(name, info, videoStream) : undefined;
  const audio = wantsAudio ? chooseAudio(name, info, audioStream) : undefined;
  const [missing] = [video, audio].filter((choice) => choice instanceof MediaError);
  const hasAny = [video, audio].some((choice) => choice !== undefined && !(choice instanceof MediaError));
  if (missing !== undefined && (onMissing === undefined || !hasAny)) throw missing;
  if (video instanceof MediaError) onMissing?.('video', video.message);
  if (audio instanceof MediaError) onMissing?.('audio', audio.message);
  return {
    video: video instanceof MediaError ? undefined : video,
    audio: audio instanceof MediaError ? undefined : audio,
  };
}

function chooseVideo(
  name: string,
  info: MediaInfo,
  index: number | undefined,
): TimedVideoStream | MediaError {
  const stream = findVideoStream(info, index);
  if (stream === undefined) return missingStream(name, 'video', index, info.streams);
  const { timeBase, width, height } = stream;
  if (timeBase !== undefined && width > 0 && height > 0) return { ...stream, timeBase };
  return inputError(
    `${name} has a video stream whose pictures cannot be made out (${stream.codec ?? 'unknown codec'})`,
  );
}

export function chooseAudio(
  name: string,
  info: MediaInfo,
  index: number | undefined,
): TimedAudioStream | MediaError {
  const stream = findAudioStream(info, index);
  if (stream === undefined) return missingStream(name, 'audio', index, info.streams);
  const { timeBase, sampleRate, channels } = stream;
  if (timeBase !== undefined && sampleRate > 0 && channels > 0) return { ...stream, timeBase };
  return inputError(
    `${name} has an audio stream whose sound cannot be made out (${stream.codec ?? 'unknown codec'})`,
  );
}

function missingStream(
  name: string,
  kind: 'video' | 'audio',
  index: number | undefined,
  streams: readonly StreamInfo[],
): MediaError {
  const wanted = index === undefined ? `no ${kind}` : `no ${kind} stream ${index}`;
  return inputError(`${name} has ${wanted}: it holds ${listStreams(streams)}`);
}

function listStreams(streams: readonly StreamInfo[]): string {
  if (streams.length === 0) return 'no streams';
  const names = streams.map((stream) => {
    const kind = stream.type === 'video' && stream.isAttachedPicture ? 'cover picture' : stream.type;
    return `${kind} (stream ${stream.index}, ${stream.codec ?? 'unknown codec'})`;
  });
  return names.join(', ');
}
