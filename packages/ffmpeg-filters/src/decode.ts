import { closeable, parseOptions, type VideoFrame } from '@deepffmpeg/core';
import * as z from 'zod';
import { type DecodeHooks, decodeFrames } from './decode-frames.js';
import { type DecodePlan, parsePlan, type TapsOf } from './decode-plan.js';
import type { Ffmpeg } from './find-ffmpeg.js';
import type { MediaInfo } from './media-info.js';
import { type MediaInput, resolveInput } from './media-input.js';
import { prepareDecode } from './prepare-decode.js';

/** How far a decode has come. */
export interface DecodeProgress {
  /** Presentation time in seconds of the last frame decoded, wanted or not. */
  readonly timestamp: number;
  /** Of the whole input; undefined when that is not known. */
  readonly durationSeconds: number | undefined;
  /** Seconds on the input's own clock at which it begins. */
  readonly startSeconds: number;
  /** Frames of all taps so far. */
  readonly frames: number;
}

export interface DecodeOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called for each decoded frame, synchronously; if it throws, the stream fails. */
  readonly onProgress?: ((progress: DecodeProgress) => void) | undefined;
  /**
   * Called once, after the last frame, when the input broke off or is damaged, with the reason in words; the stream
   * then ends normally. @defaultValue the stream fails with `ERR_PARTIAL_INPUT`
   */
  readonly onPartial?: ((reason: string) => void) | undefined;
  /** From `findFfmpeg`. @defaultValue looked for and run once, beside the probing */
  readonly ffmpeg?: Ffmpeg | undefined;
  /** From `probe`, to save a second look at the same input. */
  readonly info?: MediaInfo | undefined;
  /** Further formats to read, such as `hls`: ffmpeg's names of demuxers. They may open other files or addresses. */
  readonly formats?: readonly string[] | undefined;
  /** Place among all streams, as in `probe`. @defaultValue the first video that is no cover picture */
  readonly videoStream?: number | undefined;
  /** Goes into each frame. @defaultValue the path or address; `stdin` for a stream */
  readonly source?: string | undefined;
}

const settingsSchema = z.strictObject({
  formats: z.array(z.string().regex(/^[a-z0-9_]+$/i, 'one name of a demuxer each')).optional(),
  videoStream: z.int().min(0).optional(),
  source: z.string().optional(),
});

/**
 * Decodes a video in one ffmpeg process into RGB24 frames, sampled and scaled as the plan says.
 *
 * In: a path, an address or a stream (which is closed at the end). Out: frames in order of time within each tap; every frame
 * comes when the next of its tap is known, as its duration lasts until then. Holds one frame for each tap; a slow reader holds ffmpeg back.
 * Begins with the first `next()`; when the loop ends, breaks or fails, no process is left.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS` at once. Later AbortError, or `ERR_INPUT`, `ERR_PARTIAL_INPUT`,
 * `ERR_FFMPEG_MISSING`, `ERR_FFMPEG_EXIT`.
 */
export function decode<const Plan extends DecodePlan>(
  input: MediaInput,
  plan: Plan,
  options: DecodeOptions = {},
): AsyncGenerator<VideoFrame<TapsOf<Plan>>, void, undefined> {
  const { signal, onProgress, onPartial, ffmpeg, info, ...settings } = options;
  const { formats, videoStream, source } = parseOptions(settingsSchema, settings);
  const taps = parsePlan(plan);
  const resolved = resolveInput(input, { formats, source });
  const hooks: DecodeHooks = { onProgress, onPartial };

  const run = async function* (inner: AbortSignal) {
    const prepared = await prepareDecode(resolved, taps, { ffmpeg, info, videoStream, signal: inner });
    yield* decodeFrames(resolved, taps, prepared, hooks, inner);
  };
  const onClose = () => {
    if (resolved.kind === 'stream') resolved.stream.close();
  };
  // The tap names are those of the plan; the type follows them through `TapsOf`.
  return closeable(run, { signal, onClose }) as AsyncGenerator<VideoFrame<TapsOf<Plan>>, void, undefined>;
}

/** The ffmpeg command that `decode` would run. Looks at the input and at ffmpeg. @throws as `decode` does */
export async function describeDecode(
  input: string | URL,
  plan: DecodePlan,
  options: Pick<DecodeOptions, 'ffmpeg' | 'info' | 'formats' | 'videoStream' | 'signal'> = {},
): Promise<{ readonly path: string; readonly args: readonly string[] }> {
  const { signal, ffmpeg, info, ...settings } = options;
  const { formats, videoStream } = parseOptions(settingsSchema, settings);
  const resolved = resolveInput(input, { formats });
  const prepared = await prepareDecode(resolved, parsePlan(plan), { ffmpeg, info, videoStream, signal });
  return { path: prepared.ffmpeg.path, args: prepared.args };
}
