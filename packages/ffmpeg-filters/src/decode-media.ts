import {
  type AudioSamples,
  type Measurement,
  MediaError,
  type Scores,
  type VideoFrame,
} from '@deepffmpeg/core';
import { AudioSide } from './audio-side.js';
import { missingEnd } from './container-end.js';
import type { ParsedPlan } from './decode-plan.js';
import type { DecodeProgress } from './decode-progress.js';
import { lateIndexError } from './exit-error.js';
import { FfmpegLog } from './ffmpeg-log.js';
import { hasOpenLength } from './has-open-length.js';
import { inputError } from './input-error.js';
import { MeasurementSide } from './measurement-side.js';
import type { MediaInfo, StreamInfo } from './media-info.js';
import type { ResolvedInput } from './media-input.js';
import { mergeArrivals } from './merge-arrivals.js';
import type { PreparedDecode } from './prepare-decode.js';
import { runFfmpeg } from './run-ffmpeg.js';
import { latestTime, reaches } from './sample-filters.js';
import { ScoreSide } from './score-side.js';
import { type DecodedStream, findEnd, lookAhead, type StreamEnd, type TailEnds } from './stream-end.js';
import { type SideItem, VideoSide } from './video-side.js';

export interface DecodeHooks {
  readonly onProgress: ((progress: DecodeProgress) => void) | undefined;
  readonly onPartial: ((reason: string) => void) | undefined;
}

type Decoded = VideoFrame | AudioSamples | Measurement | Scores;

/** One output of ffmpeg, and the stream of the input that it shows. */
interface Half {
  readonly side: VideoSide | AudioSide | MeasurementSide | ScoreSide;
  readonly decoded: DecodedStream;
  readonly ahead: Promise<TailEnds | undefined>;
}

/** Runs ffmpeg and sorts what it gives to the taps; then judges whether that was all of the input. */
export async function* decodeMedia(
  input: ResolvedInput,
  plan: ParsedPlan,
  prepared: PreparedDecode,
  hooks: DecodeHooks,
  signal: AbortSignal,
): AsyncGenerator<Decoded, void, undefined> {
  const halves = halvesOf(input, plan, prepared, signal);
  try {
    const isOpenEnded = await hasOpenLength(input, prepared.info.formatName);
    const log = new FfmpegLog({ isOpenEnded, path: input.kind === 'file' ? input.path : undefined });
    yield* readMedia(input, halves, prepared, log, hooks, signal);
    const damage: string[] = [];
    for (const kind of ['video', 'audio'] as const) {
      const all = halves.filter(({ side }) => side.kind === kind);
      // They show the same stream; one that wanted no more saw nothing of its end.
      const judged = all.find(({ side }) => !side.isDone) ?? all[0];
      if (judged === undefined) continue;
      const { side } = judged;
      if (side.lastSeconds === Number.NEGATIVE_INFINITY) {
        damage.push(`nothing of its ${kind} can be decoded`);
        continue;
      }
      const end = await findEnd(input, judged.decoded, reached(judged, halves, log), judged.ahead, signal);
      damage.push(...describeDamage(side, stepBack(judged, halves, log), end));
      for (const each of all) if (!(each.side instanceof AudioSide)) yield* each.side.finish(end.endSeconds);
    }
    const missing = halves.every(({ side }) => side.isDone)
      ? undefined
      : await missingEnd(input, prepared.info.formatName);
    if (missing !== undefined) damage.push(missing);
    if (log.inputErrorsText !== undefined) damage.push(log.inputErrorsText);
    tellDamage(input.name, damage, log, hooks);
    if (damage.length === 0) checkTimes(input.name, plan, halves);
  } finally {
    await Promise.allSettled(halves.map(({ ahead }) => ahead)); // no process is left behind
  }
}

function halvesOf(
  input: ResolvedInput,
  plan: ParsedPlan,
  prepared: PreparedDecode,
  signal: AbortSignal,
): Half[] {
  const { info, ffmpeg, video, audio, looks, scorings } = prepared;
  const half = (side: Half['side'], stream: DecodedStream['stream'], keyframesOnly: boolean): Half => {
    const decoded = { info, ffmpeg, stream, keyframesOnly };
    const ahead = lookAhead(input, decoded, signal);
    ahead.catch(() => {}); // then the look after the last frame tells
    return { side, decoded, ahead };
  };
  return [
    ...(video
      ? [half(new VideoSide(plan.frames, input.name, video), video.stream, video.keyframesOnly)]
      : []),
    ...(audio ? [half(new AudioSide(plan.audio, input.name, audio), audio.stream, false)] : []),
    ...looks.map((look) => half(new MeasurementSide(look, input.name), look.stream, false)),
    ...scorings.map((look) => half(new ScoreSide(look, input.name), look.stream, false)),
  ];
}

async function* readMedia(
  input: ResolvedInput,
  halves: readonly Half[],
  { ffmpeg: { path }, args, info }: PreparedDecode,
  log: FfmpegLog,
  { onProgress }: DecodeHooks,
  signal: AbortSignal,
): AsyncGenerator<Decoded, void, undefined> {
  const { durationSeconds, startSeconds = 0 } = info;
  const sides = halves.map(({ side }) => side);
  const items = runFfmpeg(input, { path, args, pipes: sides.length, log, signal }, (outputs) =>
    mergeArrivals<SideItem<Decoded>>(
      sides.map((side, i) => side.read(outputs[i]!)), // one each
      () => {
        for (const output of outputs) output.destroy();
      },
    ),
  );
  for await (const { timestamp, chunk } of items) {
    const frames = sides.reduce((sum, side) => sum + ('count' in side ? side.count : 0), 0);
    onProgress?.({ timestamp, durationSeconds, startSeconds, frames });
    if (chunk !== undefined) yield chunk;
    if (sides.every(({ isDone }) => isDone)) {
      log.freeze(); // what ffmpeg complains about from here on is that nobody reads any more
      break; // all the times that were asked for
    }
  }
  if (sides.some(({ lastSeconds }) => lastSeconds > Number.NEGATIVE_INFINITY)) return;
  const kinds = [...new Set(sides.map(({ kind }) => kind))].join(' and ');
  const reason = log.inputErrors > 0 ? log.tail.slice(-1500) : 'it is empty, or too short';
  throw lateIndexError(input, reason) ?? inputError(`no ${kinds} of ${input.name} can be decoded: ${reason}`);
}

function reached({ side, decoded: { info } }: Half, halves: readonly Half[], log: FfmpegLog) {
  const { lastSeconds, ownEndSeconds, isDone } = side;
  const allEndSeconds = endOfAll(info, halves);
  return { lastSeconds, ownEndSeconds, allEndSeconds, isDone, isGuess: log.guessesDuration };
}

/** When the last stream ended; undefined where not all were decoded to their ends. */
function endOfAll({ streams }: MediaInfo, halves: readonly Half[]): number | undefined {
  const isDecoded = ({ index }: StreamInfo) =>
    halves.some(
      ({ side: { isDone }, decoded: { stream, keyframesOnly } }) =>
        stream.index === index && !isDone && !keyframesOnly,
    );
  const lasting = streams.filter((stream) =>
    stream.type === 'video' ? !stream.isAttachedPicture : stream.type !== 'attachment',
  );
  return lasting.every(isDecoded) ? Math.max(...halves.map(({ side }) => side.ownEndSeconds)) : undefined;
}

/** ffmpeg replaces times that run backwards; a tick or two is a matter of rounding. */
const BACKWARDS_SECONDS = 0.5;

/** By how many seconds times ran backwards: in the log where ffmpeg wrote them as a file, else as they came. */
function stepBack(half: Half, halves: readonly Half[], log: FfmpegLog): number {
  const { side } = half;
  if (side instanceof MeasurementSide || side instanceof ScoreSide) return side.largestStepBack;
  return log.largestStepBack(halves.indexOf(half)) * side.tickSeconds;
}

function describeDamage(
  { kind, lastSeconds }: Half['side'],
  back: number,
  { missedEndSeconds }: StreamEnd,
): string[] {
  const reasons: string[] = [];
  if (missedEndSeconds !== undefined)
    reasons.push(`its ${kind} ends at ${lastSeconds.toFixed(3)} s of ${missedEndSeconds.toFixed(3)} s`);
  if (back > BACKWARDS_SECONDS)
    reasons.push(`the time stamps of its ${kind} run backwards, by ${back.toFixed(3)} s`);
  return reasons;
}

/** @throws {MediaError} `ERR_PARTIAL_INPUT` when nobody else wants to hear of it. */
function tellDamage(
  name: string,
  damage: readonly string[],
  log: FfmpegLog,
  { onPartial }: DecodeHooks,
): void {
  if (damage.length === 0) return;
  const reason = damage.join('; ');
  if (onPartial === undefined)
    throw new MediaError('ERR_PARTIAL_INPUT', `${name} is not whole: ${reason}`, {
      cause: new Error(log.tail),
    });
  onPartial(reason);
}

/** @throws {MediaError} `ERR_INPUT` when a time was asked for that the video has not. */
function checkTimes(name: string, { frames, scores }: ParsedPlan, halves: readonly Half[]): void {
  const samples = [...frames, ...scores].flatMap((entry) => ('sample' in entry ? [entry.sample] : []));
  const latest = Math.max(...samples.map(latestTime).filter(Number.isFinite));
  const pictures = halves.filter(({ side }) => side.kind === 'video');
  const lastSeconds = Math.max(...pictures.map(({ side }) => side.lastSeconds)); // each sees all frames until it is done
  if (Number.isFinite(lastSeconds) && Number.isFinite(latest) && !reaches(lastSeconds, latest))
    throw inputError(`${name} has no frame at or after ${latest} s: the last one is at ${lastSeconds} s`);
}
