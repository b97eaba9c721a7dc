interface Picture {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** RGB24. */
  readonly data: Uint8Array;
}

/** How far a picture may move from one frame to the next, as a share of its sides. */
const MOST_MOVED = 0.17;
/** A move is looked for in every second pixel, then the best one more closely. */
const COARSE = 2;

/**
 * How far two pictures of one size are apart on average, in levels, when one is moved over the other to where they fit best. Looks at
 * green, the most of what the eye sees.
 */
export function movedChange(a: Picture, b: Picture): number {
  const [mostX, mostY] = [a.width, a.height].map((side) => Math.floor(side * MOST_MOVED)) as [number, number]; // two sides
  let best = { change: Number.POSITIVE_INFINITY, x: 0, y: 0 };
  const tryMove = (x: number, y: number, step: number) => {
    const change = changeAt(a, b, x, y, step);
    if (change < best.change) best = { change, x, y };
  };
  for (let y = -mostY; y <= mostY; y += COARSE)
    for (let x = -mostX; x <= mostX; x += COARSE) tryMove(x, y, 2 * COARSE);
  const { x, y } = best;
  best = { change: Number.POSITIVE_INFINITY, x, y };
  for (let dy = -1; dy <= 1; dy++) for (let dx = -1; dx <= 1; dx++) tryMove(x + dx, y + dy, 1);
  return best.change;
}

function changeAt(
  { data: a, width, height }: Picture,
  { data: b }: Picture,
  x: number,
  y: number,
  step: number,
): number {
  let [sum, count] = [0, 0];
  for (let row = Math.max(0, -y); row < Math.min(height, height - y); row += step) {
    for (let column = Math.max(0, -x); column < Math.min(width, width - x); column += step) {
      const at = 3 * (row * width + column) + 1;
      sum += Math.abs(a[at]! - b[at + 3 * (y * width + x)]!); // within both
      count++;
    }
  }
  return count === 0 ? Number.POSITIVE_INFINITY : sum / count;
}
