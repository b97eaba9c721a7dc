import { compare, mixtureOf } from './picture-change.js';
import type { SeenFrame } from './seen-frame.js';

export interface Dissolve {
  /** The frame that it begins with, as far as this span shows it. */
  readonly first: SeenFrame;
  /** The frame in which both pictures are as strong. */
  readonly middle: SeenFrame;
  /** How far the pictures on either side are apart, in levels. */
  readonly levels: number;
  /** How well the pictures between are their mixtures: 0 to 1. */
  readonly fit: number;
}

/** Frames from the one picture to the other; of dissolves a third of a second to two and a half seconds long, at 25 a second. */
const SPANS = [8, 12, 16, 24, 32, 48, 64];
export const DISSOLVE_LOOK_BACK = 64;

/** Two pictures that are nearer to each other than this, or that show the same, need no dissolve between them. */
const LEAST_LEVELS = 15;
const MOST_CORRELATION = 0.6;
/** A title or an object that comes leaves more of the picture as it was. */
const LEAST_SHARE = 0.7;
/** How far a mixture may be off, against the distance of the two: both may move meanwhile. */
const MOST_RESIDUAL = 0.25;

/**
 * Looks for a dissolve that ends with the last of the frames: the pictures between are mixtures of the first and the last, with more and
 * more of the last. Gives the span whose ends are the farthest apart.
 */
export function findDissolve(frames: readonly SeenFrame[]): Dissolve | undefined {
  const last = frames.at(-1);
  if (last === undefined || last.isBlack) return undefined;
  let best: Dissolve | undefined;
  for (const span of SPANS) {
    const between = frames.slice(-span - 1);
    const [first] = between;
    if (first === undefined || between.length <= span) break;
    if (between.some(({ isBlack }) => isBlack)) break; // a fade, which longer spans see too
    const { levels, correlation, changedShare } = compare(first.data, last.data);
    if (levels < LEAST_LEVELS || correlation > MOST_CORRELATION || changedShare < LEAST_SHARE) continue;
    if (best !== undefined && levels <= best.levels) continue;
    // A step of half the way is a cut or a flash.
    if (between.slice(1).some(({ changeLevels }) => changeLevels > levels / 2)) break;
    const dissolve = fitMixtures(between, levels);
    if (dissolve !== undefined) best = dissolve;
  }
  return best;
}

/** At a quarter, the half and three quarters of the span. */
function fitMixtures(between: readonly SeenFrame[], levels: number): Dissolve | undefined {
  const span = between.length - 1;
  const [first, last] = [between[0]!, between[span]!]; // a span has both
  const probes = [0.25, 0.5, 0.75].map((part) => {
    const frame = between[Math.round(part * span)]!; // within the span
    return { frame, ...mixtureOf(first.data, last.data, frame.data) };
  });
  const shares = [0, ...probes.map(({ share }) => share), 1];
  const rises = shares.slice(1).every((share, i) => share > shares[i]! + 0.02); // one share before each
  const worst = Math.max(...probes.map(({ residualLevels }) => residualLevels)) / levels;
  const isHalf = Math.abs(probes[1]!.share - 0.5) < 0.2; // three probes
  if (!rises || !isHalf || worst > MOST_RESIDUAL) return undefined;
  return { first, middle: probes[1]!.frame, levels, fit: 1 - worst };
}
