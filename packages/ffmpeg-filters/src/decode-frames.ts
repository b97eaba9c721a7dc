import { MediaError, type VideoFrame } from '@deepffmpeg/core';
import type { DecodeProgress } from './decode.js';
import type { FrameTap } from './decode-plan.js';
import { FfmpegLog } from './ffmpeg-log.js';
import { inputError } from './input-error.js';
import type { ResolvedInput } from './media-input.js';
import type { PreparedDecode } from './prepare-decode.js';
import { runFfmpeg } from './run-ffmpeg.js';
import { latestTime } from './sample-filters.js';
import { TapReader } from './tap-reader.js';
import { findEnd, lookAhead, type TailEnds, type VideoEnd } from './video-end.js';

export interface DecodeHooks {
  readonly onProgress: ((progress: DecodeProgress) => void) | undefined;
  readonly onPartial: ((reason: string) => void) | undefined;
}

/** Runs ffmpeg and sorts its frames to the taps; then judges whether that was all of the input. */
export async function* decodeFrames(
  input: ResolvedInput,
  taps: readonly FrameTap[],
  prepared: PreparedDecode,
  hooks: DecodeHooks,
  signal: AbortSignal,
): AsyncGenerator<VideoFrame, void, undefined> {
  const ahead = lookAhead(input, prepared, signal);
  ahead.catch(() => {}); // then the look after the last frame tells
  try {
    yield* readFrames(input, taps, prepared, ahead, hooks, signal);
  } finally {
    await ahead.catch(() => {}); // no process is left behind
  }
}

async function* readFrames(
  input: ResolvedInput,
  taps: readonly FrameTap[],
  prepared: PreparedDecode,
  ahead: Promise<TailEnds | undefined>,
  { onProgress, onPartial }: DecodeHooks,
  signal: AbortSignal,
): AsyncGenerator<VideoFrame, void, undefined> {
  const { ffmpeg, info, args, frameSizes } = prepared;
  const base = prepared.stream.timeBase;
  const { durationSeconds, startSeconds = 0 } = info;
  const readers = taps.map((tap, i) => new TapReader(tap, input.name, frameSizes[i]!)); // one size a tap
  const log = new FfmpegLog();
  const maxFrameBytes = Math.max(...frameSizes.map(({ width, height }) => width * height * 3));
  let lastSeconds = Number.NEGATIVE_INFINITY;
  let tickSeconds = 0;
  let isDone = false;

  for await (const { stream, pts, data } of runFfmpeg(input, {
    path: ffmpeg.path,
    args,
    maxFrameBytes,
    log,
    signal,
  })) {
    const { numerator, denominator } = stream.timeBase;
    const shift = (prepared.shiftTicks * base.numerator * denominator) / (base.denominator * numerator);
    const timestamp = ((pts - shift) * numerator) / denominator; // whole numbers up to the division
    lastSeconds = Math.max(lastSeconds, timestamp);
    tickSeconds = numerator / denominator;
    const ready = readers[stream.id]?.take(timestamp, data);
    const frames = readers.reduce((sum, reader) => sum + reader.count, 0);
    onProgress?.({ timestamp: lastSeconds, durationSeconds, startSeconds, frames });
    if (ready !== undefined) yield ready;
    isDone = readers.every((reader) => reader.isDone);
    if (isDone) {
      log.freeze(); // what ffmpeg complains about from here on is that nobody reads any more
      break; // all the times that were asked for
    }
  }
  if (lastSeconds === Number.NEGATIVE_INFINITY) {
    throw inputError(
      `no picture of ${input.name} can be decoded: ${log.tail.slice(-1500) || 'ffmpeg found none'}`,
    );
  }

  const end = await findEnd(input, prepared, lastSeconds, isDone, ahead, signal);
  for (const reader of readers) {
    const last = reader.finish(end.endSeconds);
    if (last !== undefined) yield last;
  }
  const damage = describeDamage(log, tickSeconds, lastSeconds, end);
  if (damage === undefined) return checkTimes(input.name, taps, lastSeconds);
  if (onPartial === undefined) {
    throw new MediaError('ERR_PARTIAL_INPUT', `${input.name} is not whole: ${damage}`, {
      cause: new Error(log.tail),
    });
  }
  onPartial(damage);
}

/** ffmpeg replaces times that run backwards; a tick or two is a matter of rounding. */
const BACKWARDS_SECONDS = 0.5;

function describeDamage(
  log: FfmpegLog,
  tickSeconds: number,
  lastSeconds: number,
  { missedEndSeconds }: VideoEnd,
): string | undefined {
  const reasons: string[] = [];
  if (missedEndSeconds !== undefined) {
    reasons.push(`its video ends at ${lastSeconds.toFixed(3)} s of ${missedEndSeconds.toFixed(3)} s`);
  }
  if (log.inputErrors > 0) {
    reasons.push(`ffmpeg reported ${log.inputErrors} errors in it, the first: ${log.firstInputError}`);
  }
  const back = log.largestStepBack * tickSeconds;
  if (back > BACKWARDS_SECONDS) reasons.push(`its time stamps run backwards, by ${back.toFixed(3)} s`);
  return reasons.length === 0 ? undefined : reasons.join('; ');
}

/** @throws {MediaError} `ERR_INPUT` when a time was asked for that the video has not. */
function checkTimes(name: string, taps: readonly FrameTap[], lastSeconds: number): void {
  const latest = Math.max(...taps.map(({ sample }) => latestTime(sample) ?? Number.NEGATIVE_INFINITY));
  if (latest > lastSeconds) {
    throw inputError(
      `${name} has no frame at or after ${latest.toFixed(3)} s: the last one is at ${lastSeconds} s`,
    );
  }
}
