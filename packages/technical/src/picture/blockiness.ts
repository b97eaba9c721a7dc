/** Coders of pictures work on blocks of this many pixels, or of multiples. */
const BLOCK = 8;
/** A step between blocks is small; the edge of a bar or a title may lie on the grid as well and must not outweigh all. */
const MOST_STEP_LEVELS = 24;
/** Steps too faint to be seen do not make a grid. */
const FAINT_LEVELS = 0.2;
/** Lines along the grid are alike: each fifth will do. */
const SPARSE = 5;
const GREEN = 1;

/**
 * How much stronger a picture's steps are on a grid of 8 pixels than between: 1 where there is no grid. Undefined for a picture too
 * small for a grid.
 *
 * @param data RGB24, of which green is looked at.
 */
export function blockinessOf(data: Uint8Array, width: number, height: number): number | undefined {
  if (Math.min(width, height) < 4 * BLOCK) return undefined;
  // The largest picture's sums are below 2 ** 31, and whole numbers are added faster than others.
  const across = new Int32Array(BLOCK);
  const down = new Int32Array(BLOCK);
  const line = 3 * width;
  for (let y = 1; y < height; y++) {
    const begin = y * line + GREEN;
    const end = begin + line;
    if (y % SPARSE === 1) {
      for (let at = begin + 3, x = 1; at < end; at += 3, x++) across[x % BLOCK]! += stepAt(data, at, 3); // one of eight
    }
    let sum = 0;
    for (let at = begin + 3; at < end; at += 3 * SPARSE) sum += stepAt(data, at, line);
    down[y % BLOCK]! += sum;
  }
  const faint = (FAINT_LEVELS * width * height) / BLOCK / SPARSE;
  return Math.sqrt(ratioOf(across, faint) * ratioOf(down, faint));
}

/** How far a byte is from the one `back` before it, both within the picture. */
function stepAt(data: Uint8Array, at: number, back: number): number {
  return Math.min(MOST_STEP_LEVELS, Math.abs(data[at]! - data[at - back]!));
}

/** The strongest place of the grid against the mean of the others. */
function ratioOf(steps: Int32Array, faint: number): number {
  const most = Math.max(...steps);
  const others = (steps.reduce((sum, step) => sum + step, 0) - most) / (BLOCK - 1);
  return (most + faint) / (others + faint);
}
