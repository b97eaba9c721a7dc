import { describeValue, MediaError } from '@deepffmpeg/core';
import * as z from 'zod';

/**
 * Which frames to take.
 *
 * - `'all'`: every frame.
 * - `'keyframes'`: those that are coded without others, and the first.
 * - `'auto'`: keyframes, though none within half a second of the last, and after 2 s without one the next frame.
 * - `{ perSecond }`: the first frame of each 1/n second; all of them where the video has fewer. Above 0, at most 1000.
 * - `{ every }`: each n-th frame, beginning with the first.
 * - `{ sceneThreshold }`: frames whose ffmpeg scene score exceeds it (0 to 1; cuts score above about 0.3). There may be none.
 * - `{ at }`: for each time in seconds the first frame at or after it (to the millisecond); 1 to 1000 times in any order.
 *   A time that two frames share gives one; a time after the last frame is an error.
 *
 * Where the size of the pictures changes, ffmpeg begins anew: `every` counts from there, and `sceneThreshold` takes the first frame of the new
 * size, whether it differs or not.
 *
 * Whichever is chosen, a frame stands until the next one that is taken, and the last until the video ends: so with `at`, too.
 */
export type Sample =
  | 'all'
  | 'keyframes'
  | 'auto'
  | { readonly perSecond: number }
  | { readonly every: number }
  | { readonly sceneThreshold: number }
  | { readonly at: readonly number[] };

export const sampleSchema = z.union(
  [
    z.enum(['all', 'keyframes', 'auto']),
    z.strictObject({ perSecond: z.number().gt(0).max(1000) }),
    z.strictObject({ every: z.int().min(1) }),
    z.strictObject({ sceneThreshold: z.number().min(0).max(1) }),
    z.strictObject({ at: z.array(z.number()).min(1).max(1000).readonly() }),
  ],
  {
    error: ({ input }) =>
      "expected 'all', 'keyframes', 'auto', { perSecond: 2 } (above 0, at most 1000), { every: 8 }, { sceneThreshold: 0.4 } (0 to 1) " +
      `or { at: [1.5, 20] } (seconds, at most 1000 times), got ${describeValue(input)}; parseSample('2/s') reads the words of a command line`,
  },
) satisfies z.ZodType<Sample>;

/**
 * Reads a sampling plan from a command line: `all`, `keyframes`, `auto`, `2/s`, `every:8`, `scene:0.4`, `at:1.5,20`.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS`
 */
export function parseSample(text: string): Sample {
  const result = sampleSchema.safeParse(toSample(text.trim()));
  if (result.success) return result.data;
  throw new MediaError(
    'ERR_INVALID_OPTIONS',
    `${JSON.stringify(text)} is no sampling plan: use all, keyframes, auto, N/s (2/s, above 0 to 1000), every:N (every:8), ` +
      'scene:T (scene:0.4, 0 to 1) or at:T1,T2 (at:1.5,20, seconds, at most 1000 times)',
  );
}

function toSample(text: string): unknown {
  const [, perSecond] = /^(.+)\/s$/.exec(text) ?? [];
  if (perSecond !== undefined) return { perSecond: toNumber(perSecond) };
  const [, kind, value = ''] = /^(every|scene|at):(.*)$/.exec(text) ?? [];
  if (kind === 'every') return { every: toNumber(value) };
  if (kind === 'scene') return { sceneThreshold: toNumber(value) };
  if (kind === 'at') return { at: value.split(',').map(toNumber) };
  return text;
}

/** NaN for what is no plain decimal number, such as '' or '0x10', which Number() would take. */
function toNumber(text: string): number {
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(text.trim()) ? Number(text) : Number.NaN;
}
