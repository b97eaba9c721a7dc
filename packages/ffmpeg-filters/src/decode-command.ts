import { audioFilters } from './audio-filters.js';
import { SAMPLE_CODEC } from './audio-side.js';
import type { AudioTap, FrameTap } from './decode-plan.js';
import { type Filter, type FilterChain, formatFilterGraph } from './filter-graph.js';
import { lookFilters, type MeasurementLook } from './measurement-looks.js';
import type { TimedAudioStream, TimedVideoStream, VideoStreamInfo } from './media-info.js';
import type { ResolvedInput } from './media-input.js';
import {
  fastPictureFilters,
  pictureFilters,
  placeFrame,
  type Scaler,
  toneMapFilters,
} from './picture-filters.js';
import { formatRational, type Rational } from './rational.js';
import { sampleFilters } from './sample-filters.js';
import { type ScoringLook, scoringFilters } from './scoring-looks.js';

export interface DecodeCommand {
  readonly args: readonly string[];
  /** How many ticks of its time base the times of the video were moved forward. */
  readonly shiftTicks: number;
  /** How many seconds those of the sound were. */
  readonly shiftSeconds: number;
}

interface CommandOptions {
  readonly input: ResolvedInput;
  /** Each pipe has streams in the order of its taps. */
  readonly video: VideoOptions | undefined;
  readonly audio: AudioOptions | undefined;
  readonly looks: readonly MeasurementLook[];
  readonly scorings: readonly ScoringLook[];
  readonly ffmpeg: Scaler;
}

interface VideoOptions {
  readonly stream: TimedVideoStream;
  readonly taps: readonly FrameTap[];
  /** Whether no tap wants anything between keyframes: the decoder then skips it. */
  readonly keyframesOnly: boolean;
}

interface AudioOptions {
  readonly stream: TimedAudioStream;
  readonly taps: readonly AudioTap[];
}

/**
 * The packets of one stream, in microseconds, that may wait for those of another. Frames need no order among taps, and a
 * second of full-size frames is hundreds of megabytes.
 */
const INTERLEAVE_US = 1;

/**
 * Writes ffmpeg's arguments: every tap as raw video or samples in one NUT stream, with the input's own time stamps; pictures, sound and
 * what each look and scoring prints on a pipe of its own, in this order, the first on stdout. In one pipe nothing would be written before all
 * have begun. Of ffmpeg's outputs those of NUT come before those of their kind's prints, whose own are empty.
 */
export function decodeCommand({
  input,
  video,
  audio,
  looks,
  scorings,
  ffmpeg,
}: CommandOptions): DecodeCommand {
  const shiftTicks = video === undefined ? 0 : shiftOf(video.stream);
  const shiftSeconds = audio === undefined ? 0 : shiftSecondsOf(audio.stream);
  const audioOutput = video === undefined ? 0 : 1;
  const firstPrint = audioOutput + (audio === undefined ? 0 : 1);
  const isLive = input.kind !== 'file';
  const prints = [
    ...looks.map((look) => ({ look, filtersTo: (pipe: number) => lookFilters(look, pipe, { isLive }) })),
    ...scorings.map((look) => ({ look, filtersTo: (pipe: number) => scoringFilters(look, ffmpeg, pipe) })),
  ].map(({ look: { kind, stream }, filtersTo }, i): Print => {
    return { kind, stream, filters: filtersTo(pipeOf(firstPrint + i)), label: `printed${i}` };
  });
  const args = [
    ...['-hide_banner', '-nostdin', '-nostats', '-loglevel', 'level+info'],
    '-copyts', // the input's own clock
    ...['-max_error_rate', '1'], // damage is told from the log, not by a failure at the end
    ...(video?.keyframesOnly ? ['-skip_frame', 'nokey'] : []),
    ...input.args,
    ...(video === undefined ? [] : videoOutput(video, shiftTicks, ffmpeg)),
    ...soundOutputs(
      audio && { ...audio, shiftSeconds, pipe: pipeOf(audioOutput) },
      prints.filter(({ kind }) => kind === 'audio'),
    ),
    ...prints.filter(({ kind }) => kind === 'video').flatMap(picturePrintOutput),
  ];
  return { args, shiftTicks, shiftSeconds };
}

/** Descriptor of each output: stdout, then those behind stderr. */
const pipeOf = (output: number) => (output === 0 ? 1 : output + 2);

function nutTo(pipe: number): string[] {
  return [
    ...['-max_interleave_delta', String(INTERLEAVE_US)],
    ...['-flush_packets', '1'], // or the end of each frame would wait for the next one
    ...['-write_index', '0', '-f', 'nut', `pipe:${pipe}`], // an index would grow with the film
  ];
}

function videoOutput(
  { stream, taps, keyframesOnly }: VideoOptions,
  shiftTicks: number,
  ffmpeg: Scaler,
): string[] {
  const fullTap = taps.findIndex(
    ({ sample }) => sample === 'all' || (keyframesOnly && sample === 'keyframes'),
  );
  // Where no tap shows every decoded frame, one more stream carries their times.
  const clockId = fullTap < 0 ? taps.length : undefined;
  const outputs = [...taps.map((_, i) => `frames${i}`), ...(clockId === undefined ? [] : ['clock'])];
  const ahead = PILES_UP.includes(ffmpeg.major) && outputs.length > 1 ? ticksAhead(stream.timeBase) : 0;
  const isAhead = (id: number) => ahead > 0 && id !== (clockId ?? fullTap);
  const branches = outputs.map((label, id) => ({
    label,
    filters: [
      ...(taps[id] === undefined ? CLOCK : tapFilters(taps[id], stream, ffmpeg)),
      ...moveTimes('setpts', shiftTicks + (isAhead(id) ? ahead : 0)),
    ],
  }));
  return [
    ...['-filter_complex', formatFilterGraph(chainsOf(`0:${stream.index}`, 'split', branches))],
    ...outputs.flatMap((label) => ['-map', `[${label}]`]),
    ...['-fps_mode', 'passthrough', '-enc_time_base:v', formatRational(stream.timeBase)],
    ...outputs.flatMap((_, id) => (isAhead(id) ? [`-bsf:v:${id}`, `setts=ts=TS-${ahead}`] : [])),
    ...['-c:v', 'rawvideo', ...nutTo(1)],
  ];
}

/** A branch that prints what it finds, and gives nothing else. */
interface Print extends Branch {
  readonly kind: 'video' | 'audio';
  readonly stream: TimedVideoStream | TimedAudioStream;
}

/**
 * One graph for all that is done with the sound, and apart from the pictures: the two must not wait for each other.
 *
 * Several would stop ffmpeg 9 for good: while the pictures are behind, its scheduler lets only the first graph that a decoder feeds
 * go on, and any other that makes two frames of one (a block cut up, say) stands still; then the decoder waits for it.
 */
function soundOutputs(
  audio: (AudioOptions & { readonly shiftSeconds: number; readonly pipe: number }) | undefined,
  prints: readonly Print[],
): string[] {
  const stream = audio?.stream ?? prints[0]?.stream;
  if (stream === undefined) return [];
  const taps = audio === undefined ? [] : audioBranches(audio);
  const branches = [...taps, ...prints];
  return [
    ...['-filter_complex', formatFilterGraph(chainsOf(`0:${stream.index}`, 'asplit', branches))],
    ...taps.flatMap(({ label }) => ['-map', `[${label}]`]),
    ...(audio === undefined ? [] : ['-c:a', SAMPLE_CODEC, ...nutTo(audio.pipe)]),
    ...prints.flatMap(toNothing),
  ];
}

function audioBranches({
  stream,
  taps,
  shiftSeconds,
}: AudioOptions & { readonly shiftSeconds: number }): Branch[] {
  return taps.map(({ sampleRate }, i) => ({
    label: `audio${i}`,
    filters: [...audioFilters(stream, sampleRate), ...moveTimes('asetpts', shiftSeconds * sampleRate)],
  }));
}

/** A graph and an output of its own: a look that has nothing to say yet must not hold the others back. */
function picturePrintOutput(print: Print): string[] {
  const graph = formatFilterGraph(chainsOf(`0:${print.stream.index}`, 'split', [print]));
  return ['-filter_complex', graph, ...toNothing(print)];
}

/** To `null`, which ffmpeg waits for; a nullsink would end the graph at once. */
const toNothing = ({ label }: Branch) => [
  ...['-map', `[${label}]`, '-fps_mode', 'passthrough', '-f', 'null', '-'],
];

/**
 * ffmpeg 7 pulls from the output whose last frame is the oldest, and meanwhile lets frames pile up in the others: beside a tap that
 * rarely gets one, a whole film. So all but the fullest run ahead, and are set back before they are written.
 */
const PILES_UP = [7, 8];
/** Longer than any input. */
const AHEAD_SECONDS = 100_000;
const ticksAhead = ({ numerator, denominator }: Rational) =>
  Math.ceil((AHEAD_SECONDS * denominator) / numerator);

/** NUT has no time below 0, and ffmpeg would move all times without a word. Some frames may come before the stated start. */
function shiftOf({ startSeconds = 0, timeBase: { numerator, denominator } }: TimedVideoStream): number {
  return startSeconds < 0 ? Math.ceil(((10 - startSeconds) * denominator) / numerator) : 0;
}

function shiftSecondsOf({ startSeconds = 0 }: TimedAudioStream): number {
  return startSeconds < 0 ? Math.ceil(10 - startSeconds) : 0;
}

function moveTimes(filter: 'setpts' | 'asetpts', ticks: number): Filter[] {
  return ticks === 0 ? [] : [{ name: filter, options: { expr: `PTS+${ticks}` } }];
}

interface Branch {
  readonly label: string;
  readonly filters: readonly Filter[];
}

function chainsOf(input: string, splitter: 'split' | 'asplit', branches: readonly Branch[]): FilterChain[] {
  const [first] = branches;
  if (first !== undefined && branches.length === 1) {
    return [{ inputs: [input], filters: first.filters, outputs: [first.label] }];
  }
  const links = branches.map((_, i) => `${splitter}${i}`);
  return [
    { inputs: [input], filters: [{ name: splitter, options: { outputs: links.length } }], outputs: links },
    ...branches.map(({ label, filters }, i) => ({ inputs: [`${splitter}${i}`], filters, outputs: [label] })),
  ];
}

function tapFilters(tap: FrameTap, stream: VideoStreamInfo, ffmpeg: Scaler): Filter[] {
  const { sample, size, scaling } = tap;
  const placement = placeFrame(stream, tap);
  return [
    ...sampleFilters(sample),
    ...toneMapFilters(stream),
    // Where nothing is to be scaled, zscale would only copy.
    ...(scaling === 'fast'
      ? fastPictureFilters(placement)
      : pictureFilters(
          placement,
          { ...ffmpeg, hasZscale: ffmpeg.hasZscale && size !== undefined },
          size?.kernel,
        )),
  ];
}

/** A corner of each picture: its pixels say nothing, its time says how far the decoder has come. */
const CLOCK: readonly Filter[] = [
  { name: 'crop', options: { w: 'min(16,iw)', h: 'min(16,ih)', x: 0, y: 0 } },
  { name: 'scale', options: { w: 2, h: 2, flags: 'neighbor' } },
  { name: 'format', options: { pix_fmts: 'gray' } },
];
