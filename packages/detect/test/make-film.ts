import type { Detection, Detections } from '@deepffmpeg/core';
import type { ScoredFrame } from './tracking-scores.js';

type Span = readonly [from: number, to: number];

/** An object of 40x80 pixels, and when it is hidden in part or wholly. Times in seconds. */
export interface Mover {
  /** Its left and top edge in pixels at a time. */
  readonly path: (time: number) => readonly [x: number, y: number];
  readonly faint?: Span;
  readonly hidden?: Span;
}

/** What a made detector does wrong. */
export interface DetectorFaults {
  /** Pixels by which edges are off at most. @defaultValue 1.5 */
  readonly wobble?: number;
  /** Share of the objects that it does not see, 0 to 1. @defaultValue 0 */
  readonly missed?: number;
  /** Boxes of nothing in each frame: faint ones, and how often a clear one. @defaultValue 1, 0 */
  readonly faintNothings?: number;
  readonly clearNothings?: number;
}

/** A mover along a line; pixels and pixels a second. */
export const straight =
  (start: readonly [number, number], velocity: readonly [number, number]): Mover['path'] =>
  (time) => [start[0] + velocity[0] * time, start[1] + velocity[1] * time];

/** Numbers from 0 to 1 that look random: a 32-bit linear congruential generator. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

export interface FilmFrame {
  readonly truth: ScoredFrame['truth'];
  readonly input: Detections;
}

/** What a detector tells of movers, with the truth. */
export function makeFilm(
  movers: readonly Mover[],
  times: readonly number[],
  seed: number,
  { wobble = 1.5, missed = 0, faintNothings = 1, clearNothings = 0 }: DetectorFaults = {},
): FilmFrame[] {
  const random = randomNumbers(seed);
  const between = (least: number, most: number) => least + (most - least) * random();
  return times.map((time) => {
    const isIn = (span?: Span) => span !== undefined && time >= span[0] && time < span[1];
    const there = movers.flatMap(({ path, faint, hidden }, id) => {
      const [x, y] = path(time);
      return isIn(hidden) ? [] : [{ id, x, y, isFaint: isIn(faint) }];
    });
    const seen = there.flatMap(({ x, y, isFaint }) => {
      const error = () => between(-wobble, wobble);
      const confidence = isFaint ? between(0.2, 0.4) : between(0.7, 1);
      const object = objectAt(x + error(), y + error(), confidence, [40 + error(), 80 + error()]);
      return random() < missed ? [] : [object];
    });
    const nothing = (confidence: number) => objectAt(between(0, 600), between(0, 280), confidence);
    const nothings = Array.from({ length: faintNothings }, () => nothing(between(0.1, 0.4)));
    if (random() < clearNothings) nothings.push(nothing(between(0.6, 0.7)));
    return {
      truth: there.map(({ id, x, y }) => ({
        ...objectAt(x, y),
        region: { ...objectAt(x, y).region, trackId: id },
      })),
      input: detectionsAt([...nothings, ...seen], time),
    };
  });
}

export function objectAt(
  x: number,
  y = 100,
  confidence = 0.9,
  [width, height]: readonly [number, number] = [40, 80],
): Detection {
  return { label: 'dog', confidence, region: { x, y, width, height } };
}

export function detectionsAt(objects: readonly Detection[], timestamp: number, source = 'made'): Detections {
  return {
    type: 'detections',
    model: 'made',
    source,
    timestamp,
    durationSeconds: 0.04,
    width: 640,
    height: 360,
    objects,
  };
}
