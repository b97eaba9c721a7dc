/** Scenes as the original counts them: when each begins, and by what they were found. */
export interface Scenes {
  /** Seconds. */
  readonly timestamps: readonly number[];
  /** The original's names for keyframes (`showinfo`) and markers (`fallback`); else that of the detector. */
  readonly method: string;
}

const MIN_SECONDS = 1 - 1e-9; // 1.003 - 0.003 is less than 1 in floating point

/**
 * The original's scenes: keyframes at least a second after the last one that counted; without any, markers at even
 * distances where the input is longer than 10 s.
 *
 * @param keyframes Their times in seconds, in order.
 */
export function keyframeScenes(keyframes: Iterable<number>, durationSeconds: number | undefined): Scenes {
  const timestamps: number[] = [];
  for (const timestamp of keyframes) {
    if (timestamp - (timestamps.at(-1) ?? Number.NEGATIVE_INFINITY) >= MIN_SECONDS)
      timestamps.push(timestamp);
  }
  if (timestamps.length > 0) return { timestamps, method: 'showinfo' };
  return { timestamps: evenMarkers(durationSeconds ?? 0), method: 'fallback' };
}

/** One for each 10 s, from 5 to 20 of them, the first at 0. */
function evenMarkers(durationSeconds: number): number[] {
  if (durationSeconds <= 10) return [];
  const count = Math.max(5, Math.min(20, Math.floor(durationSeconds / 10)));
  return Array.from({ length: count }, (_, i) => (i * durationSeconds) / count);
}
