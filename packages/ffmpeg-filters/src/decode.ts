import {
  type AudioSamples,
  closeable,
  type Measurement,
  parseOptions,
  type Scores,
  type VideoFrame,
} from '@deepffmpeg/core';
import * as z from 'zod';
import { decodeMedia } from './decode-media.js';
import { type ChunksOf, type DecodePlan, parsePlan } from './decode-plan.js';
import type { DecodeProgress } from './decode-progress.js';
import type { Ffmpeg } from './find-ffmpeg.js';
import type { MediaInfo } from './media-info.js';
import { type MediaInput, resolveInput, resolvePlace } from './media-input.js';
import { prepareDecode } from './prepare-decode.js';

export interface DecodeOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called for each decoded frame and block of samples, synchronously; if it throws, the stream fails. */
  readonly onProgress?: ((progress: DecodeProgress) => void) | undefined;
  /**
   * Called once, after the last frame, when the input broke off or is damaged, with the reason in words; the stream
   * then ends normally. @defaultValue the stream fails with `ERR_PARTIAL_INPUT`
   */
  readonly onPartial?: ((reason: string) => void) | undefined;
  /**
   * Called once, before anything is decoded, when the plan asks for video and audio and the input has no stream of one
   * kind, with the reason in words; the other is decoded. @defaultValue the stream fails with `ERR_INPUT`
   */
  readonly onMissing?: ((kind: 'video' | 'audio', reason: string) => void) | undefined;
  /** From `findFfmpeg`. @defaultValue looked for and run once, beside the probing */
  readonly ffmpeg?: Ffmpeg | undefined;
  /** From `probe`, to save a second look at the same input. */
  readonly info?: MediaInfo | undefined;
  /** Further formats to read, such as `hls`: ffmpeg's names of demuxers. They may open other files or addresses. */
  readonly formats?: readonly string[] | undefined;
  /** Place among all streams, as in `probe`. @defaultValue the first video that is no cover picture */
  readonly videoStream?: number | undefined;
  /** Place among all streams. @defaultValue the audio stream that is marked as default, else the first */
  readonly audioStream?: number | undefined;
  /** Goes into each chunk. @defaultValue the path or address; `stdin` for a stream */
  readonly source?: string | undefined;
}

const settingsSchema = z.strictObject({
  videoStream: z.int().min(0).optional(),
  audioStream: z.int().min(0).optional(),
});

/**
 * Decodes an input in one ffmpeg process: video into RGB24 frames (transparency is dropped), sampled and scaled as the plan says, audio into
 * mono float32 samples of the plan's rate (the mean of the channels); and measures both by ffmpeg's own filters.
 *
 * In: a path, an address or a stream (which is closed at the end). Out: frames and samples, in order of time within each tap; between taps
 * as ffmpeg decodes them, which may differ from run to run (see `createTimeline` of core). Every frame comes when the next of its tap is
 * known, as its duration lasts until then. Samples come in blocks of any length; a late start or a gap shows in their times. Holds one
 * frame for each tap; a slow reader holds ffmpeg back. Begins with the first `next()`; when the loop ends, breaks or fails, no process is left.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS` at once. Later AbortError, or `ERR_INPUT`, `ERR_PARTIAL_INPUT`,
 * `ERR_FFMPEG_MISSING`, `ERR_FFMPEG_EXIT`.
 */
export function decode<const Plan extends DecodePlan>(
  input: MediaInput,
  plan: Plan & { readonly [Key in Exclude<keyof Plan, keyof DecodePlan>]: never }, // or a misspelt key would pass beside a right one
  options: DecodeOptions = {},
): AsyncGenerator<ChunksOf<Plan>, void, undefined> {
  const { signal, onProgress, onPartial, onMissing, ffmpeg, info, formats, source, ...settings } = options;
  const streams = parseOptions(settingsSchema, settings);
  const parsed = parsePlan(plan);
  const resolved = resolveInput(input, { formats, source });

  const run = async function* (inner: AbortSignal) {
    const prepared = await prepareDecode(resolved, parsed, {
      ffmpeg,
      info,
      ...streams,
      onMissing,
      signal: inner,
    });
    yield* decodeMedia(resolved, parsed, prepared, { onProgress, onPartial }, inner);
  };
  const onClose = () => {
    if (resolved.kind === 'stream') resolved.stream.close();
  };
  // The kinds and tap names are those of the plan; the type follows them through `ChunksOf`.
  return closeable<VideoFrame | AudioSamples | Measurement | Scores>(run, {
    signal,
    onClose,
  }) as AsyncGenerator<ChunksOf<Plan>, void, undefined>;
}

/** The ffmpeg command that `decode` would run. Looks at the input and at ffmpeg. @throws as `decode` does */
export async function describeDecode(
  input: string | URL,
  plan: DecodePlan,
  options: Omit<DecodeOptions, 'onProgress' | 'onPartial'> = {},
): Promise<{ readonly path: string; readonly args: readonly string[] }> {
  const { signal, onMissing, ffmpeg, info, formats, source, ...settings } = options;
  const streams = parseOptions(settingsSchema, settings);
  const resolved = resolvePlace(input, { formats, source });
  const prepared = await prepareDecode(resolved, parsePlan(plan), {
    ffmpeg,
    info,
    ...streams,
    onMissing,
    signal,
  });
  return { path: prepared.ffmpeg.path, args: prepared.args };
}
