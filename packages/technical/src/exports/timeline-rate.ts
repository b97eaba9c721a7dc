import type { Rational } from '@deepffmpeg/ffmpeg-filters';

/** Those that time codes, and so editing software, are made for. @see SMPTE ST 12-1, ST 12-3 */
const RATES: readonly Rational[] = [
  { numerator: 24_000, denominator: 1001 },
  { numerator: 24, denominator: 1 },
  { numerator: 25, denominator: 1 },
  { numerator: 30_000, denominator: 1001 },
  { numerator: 30, denominator: 1 },
  { numerator: 48_000, denominator: 1001 },
  { numerator: 48, denominator: 1 },
  { numerator: 50, denominator: 1 },
  { numerator: 60_000, denominator: 1001 },
  { numerator: 60, denominator: 1 },
];
const FASTEST: Rational = { numerator: 60, denominator: 1 };
/** A fifth of what 24 and 24000/1001 differ by; containers round averages. */
const TOLERANCE = 0.0002;

/**
 * The lowest standard rate on which every frame of a film has a place of its own: a whole multiple of its rate, or else the next one
 * above, or 60. Without a rate 25.
 */
export function timelineRate(rate: Rational | undefined): Rational {
  if (rate === undefined) return { numerator: 25, denominator: 1 };
  const fps = perSecond(rate);
  const multiple = RATES.find((candidate) => {
    const ratio = perSecond(candidate) / fps;
    return Math.abs(ratio - Math.round(ratio)) <= TOLERANCE * ratio;
  });
  return multiple ?? RATES.find((candidate) => perSecond(candidate) >= fps) ?? FASTEST;
}

const perSecond = ({ numerator, denominator }: Rational) => numerator / denominator;
