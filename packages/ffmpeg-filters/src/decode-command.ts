import type { FrameTap } from './decode-plan.js';
import { type Filter, type FilterChain, formatFilterGraph } from './filter-graph.js';
import type { TimedVideoStream, VideoStreamInfo } from './media-info.js';
import type { ResolvedInput } from './media-input.js';
import { pictureFilters, placeFrame, type Scaler, toneMapFilters } from './picture-filters.js';
import { formatRational, type Rational } from './rational.js';
import { sampleFilters } from './sample-filters.js';

export interface DecodeCommand {
  readonly args: readonly string[];
  /** Which NUT stream carries the time of every decoded frame; undefined when a tap shows them all. */
  readonly clockId: number | undefined;
  /** How many ticks of the stream's time base its times were moved forward. */
  readonly shiftTicks: number;
}

interface CommandOptions {
  readonly input: ResolvedInput;
  readonly stream: TimedVideoStream;
  /** NUT streams in this order. */
  readonly taps: readonly FrameTap[];
  /** Whether no tap wants anything between keyframes: the decoder then skips it. */
  readonly keyframesOnly: boolean;
  readonly ffmpeg: Scaler;
}

/**
 * The packets of one stream, in microseconds, that may wait for those of another. Frames need no order among taps, and a
 * second of full-size frames is hundreds of megabytes.
 */
const INTERLEAVE_US = 1;

/** Writes ffmpeg's arguments: every tap as raw video in one NUT stream on stdout, with the input's own time stamps. */
export function decodeCommand(options: CommandOptions): DecodeCommand {
  const { input, stream, taps, keyframesOnly, ffmpeg } = options;
  const fullTap = taps.findIndex(
    ({ sample }) => sample === 'all' || (keyframesOnly && sample === 'keyframes'),
  );
  const clockId = fullTap < 0 ? taps.length : undefined;
  const outputs = [...taps.map((_, i) => `frames${i}`), ...(clockId === undefined ? [] : ['clock'])];
  const ahead = PILES_UP.includes(ffmpeg.major) && outputs.length > 1 ? ticksAhead(stream.timeBase) : 0;
  const shiftTicks = shiftOf(stream);
  const isAhead = (id: number) => ahead > 0 && id !== (clockId ?? fullTap);
  const branches = outputs.map((label, id) => ({
    label,
    filters: [
      ...(taps[id] === undefined ? CLOCK : tapFilters(taps[id], stream, ffmpeg)),
      ...moveTimes(shiftTicks + (isAhead(id) ? ahead : 0)),
    ],
  }));
  const args = [
    ...['-hide_banner', '-nostdin', '-nostats', '-loglevel', 'level+info'],
    '-copyts', // the input's own clock
    ...['-max_error_rate', '1'], // damage is told from the log, not by a failure at the end
    ...(keyframesOnly ? ['-skip_frame', 'nokey'] : []),
    ...input.args,
    ...['-filter_complex', formatFilterGraph(chainsOf(`0:${stream.index}`, branches))],
    ...outputs.flatMap((label) => ['-map', `[${label}]`]),
    ...['-fps_mode', 'passthrough', '-enc_time_base:v', formatRational(stream.timeBase)],
    ...outputs.flatMap((_, id) => (isAhead(id) ? [`-bsf:v:${id}`, `setts=ts=TS-${ahead}`] : [])),
    ...['-c:v', 'rawvideo', '-max_interleave_delta', String(INTERLEAVE_US)],
    ...['-flush_packets', '1'], // or the end of each frame would wait for the next one
    ...['-write_index', '0', '-f', 'nut', 'pipe:1'], // an index would grow with the film
  ];
  return { args, clockId, shiftTicks };
}

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

function moveTimes(ticks: number): Filter[] {
  return ticks === 0 ? [] : [{ name: 'setpts', options: { expr: `PTS+${ticks}` } }];
}

interface Branch {
  readonly label: string;
  readonly filters: readonly Filter[];
}

function chainsOf(input: string, branches: readonly Branch[]): FilterChain[] {
  const [first] = branches;
  if (first !== undefined && branches.length === 1) {
    return [{ inputs: [input], filters: first.filters, outputs: [first.label] }];
  }
  const links = branches.map((_, i) => `in${i}`);
  return [
    { inputs: [input], filters: [{ name: 'split', options: { outputs: links.length } }], outputs: links },
    ...branches.map(({ label, filters }, i) => ({ inputs: [`in${i}`], filters, outputs: [label] })),
  ];
}

function tapFilters({ sample, size }: FrameTap, stream: VideoStreamInfo, ffmpeg: Scaler): Filter[] {
  return [
    ...sampleFilters(sample),
    ...toneMapFilters(stream),
    // Where nothing is to be scaled, zscale would only copy.
    ...pictureFilters(placeFrame(stream, size), {
      ...ffmpeg,
      hasZscale: ffmpeg.hasZscale && size !== undefined,
    }),
  ];
}

/** A corner of each picture: its pixels say nothing, its time says how far the decoder has come. */
const CLOCK: readonly Filter[] = [
  { name: 'crop', options: { w: 'min(16,iw)', h: 'min(16,ih)', x: 0, y: 0 } },
  { name: 'scale', options: { w: 2, h: 2, flags: 'neighbor' } },
  { name: 'format', options: { pix_fmts: 'gray' } },
];
