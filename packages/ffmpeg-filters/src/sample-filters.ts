import { TOLERANCE_SECONDS } from '@deepffmpeg/core';
import type { Filter } from './filter-graph.js';
import type { Sample } from './sample.js';

/** `auto`: keyframes closer than this are left out; where none comes for longer, other frames stand in. */
const AUTO_LEAST_SECONDS = 0.5 - TOLERANCE_SECONDS;
export const AUTO_MOST_SECONDS = 2 - TOLERANCE_SECONDS;

/** People copy times with three decimals. */
const AT_TOLERANCE_SECONDS = 0.001;

/** 15/30 s may come out as 0.49999999999999994: a millionth of a step makes up for it. */
const STEP_TOLERANCE = 1e-6;

/** A number in the middle of an expression; never with an exponent, which not all versions read. */
const decimal = (value: number, digits = 9) => value.toFixed(digits).replace(/\.?0+$/, '');

/**
 * The `select` filter for a sampling plan. It leaves time stamps alone, which `fps` does not.
 *
 * Its first frame always passes, wanted or not: ffmpeg writes nothing at all before every output has had one.
 */
export function sampleFilters(sample: Sample): Filter[] {
  const expression = selectExpression(sample);
  return expression === undefined ? [] : [{ name: 'select', options: { expr: expression } }];
}

function selectExpression(sample: Sample): string | undefined {
  if (sample === 'all') return undefined;
  if (sample === 'keyframes') return 'not(n)+key';
  if (sample === 'auto') {
    const since = '(t-prev_selected_t)';
    return `not(n)+key*gte(${since},${decimal(AUTO_LEAST_SECONDS)})+gte(${since},${decimal(AUTO_MOST_SECONDS)})`;
  }
  if ('every' in sample) return `not(mod(n,${sample.every}))`;
  if ('sceneThreshold' in sample) return `not(n)+gt(scene,${decimal(sample.sceneThreshold)})`;
  if ('at' in sample) {
    // ffmpeg 5 writes a frame when the next of its output comes: those of one more second push the last one out.
    const last = Math.max(...sample.at);
    return `not(n)+${sumOf(sample.at.map(crossing))}+between(t,${decimal(last)},${decimal(last + 1)})`;
  }
  // What a third lacks grows with the time; with so many digits it takes a month to show.
  const rate = decimal(sample.perSecond, 12);
  const step = (time: string) => `floor(${time}*${rate}+${decimal(STEP_TOLERANCE)})`;
  return `not(n)+gt(${step('t')},${step('prev_selected_t')})`;
}

/** True for the first frame at or after a time. */
function crossing(time: number): string {
  const from = decimal(time - AT_TOLERANCE_SECONDS);
  return `gte(t,${from})*lt(prev_t,${from})`;
}

/** Nested by halves: ffmpeg evaluates sums recursively, and a thousand levels are many. */
function sumOf(terms: readonly string[]): string {
  if (terms.length <= 4) return terms.join('+');
  const half = Math.ceil(terms.length / 2);
  return `(${sumOf(terms.slice(0, half))})+(${sumOf(terms.slice(half))})`;
}

/**
 * Whether a plan wants a frame that ffmpeg handed out, as far as times tell.
 *
 * @param lastSeconds - of the frame handed out before it, if any
 */
export function wantsFrame(sample: Sample, timestamp: number, lastSeconds: number | undefined): boolean {
  if (typeof sample === 'string' || 'every' in sample) return true;
  if ('sceneThreshold' in sample) return lastSeconds !== undefined; // the video's first has none before it to differ from
  const before = lastSeconds ?? Number.NEGATIVE_INFINITY;
  if ('at' in sample) return sample.at.some((time) => !reaches(before, time) && reaches(timestamp, time));
  const step = (time: number) => Math.floor(time * sample.perSecond + STEP_TOLERANCE);
  return step(timestamp) > step(before);
}

/** The last time that a plan asks for; Infinity if it runs to the end. */
export function latestTime(sample: Sample): number {
  return typeof sample === 'object' && 'at' in sample ? Math.max(...sample.at) : Number.POSITIVE_INFINITY;
}

/** Whether a frame is that of a time that was asked for, or behind it. */
export const reaches = (timestamp: number, time: number): boolean => timestamp >= time - AT_TOLERANCE_SECONDS;
