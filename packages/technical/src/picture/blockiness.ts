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
  const across = new Float64Array(BLOCK);
  const down = new Float64Array(BLOCK);
  const stepAt = (x: number, y: number, back: number) => {
    const at = 3 * (y * width + x) + GREEN;
    return Math.min(MOST_STEP_LEVELS, Math.abs(data[at]! - data[at - back]!)); // both within the picture
  };
  for (let y = 1; y < height; y += SPARSE)
    for (let x = 1; x < width; x++) across[x % BLOCK]! += stepAt(x, y, 3);
  for (let y = 1; y < height; y++)
    for (let x = 1; x < width; x += SPARSE) down[y % BLOCK]! += stepAt(x, y, 3 * width);
  const faint = (FAINT_LEVELS * width * height) / BLOCK / SPARSE;
  return Math.sqrt(ratioOf(across, faint) * ratioOf(down, faint));
}

/** The strongest place of the grid against the mean of the others. */
function ratioOf(steps: Float64Array, faint: number): number {
  const most = Math.max(...steps);
  const others = (steps.reduce((sum, step) => sum + step, 0) - most) / (BLOCK - 1);
  return (most + faint) / (others + faint);
}
