/** An exact fraction, such as a time base (1/90000 s) or a frame rate (30000/1001 per second). */
export interface Rational {
  readonly numerator: number;
  readonly denominator: number;
}

/** Reads ffmpeg's `30000/1001` and `16:11`. Undefined for what ffmpeg does not know: `0/0`, `0:1`, `N/A`. */
export function parseRational(text: string | undefined): Rational | undefined {
  const match = /^(\d+)[/:](\d+)$/.exec(text ?? '');
  if (match === null) return undefined;
  const [numerator, denominator] = [Number(match[1]), Number(match[2])];
  return numerator > 0 && denominator > 0 ? { numerator, denominator } : undefined;
}

/** How ffmpeg's options want it. */
export function formatRational({ numerator, denominator }: Rational): string {
  return `${numerator}/${denominator}`;
}

/** In lowest terms. Undefined where either part is 0, or too large to be exact. */
export function reduceRational(numerator: number, denominator: number): Rational | undefined {
  const divisor = greatestDivisor(numerator, denominator);
  const isExact = Number.isSafeInteger(numerator) && Number.isSafeInteger(denominator);
  if (!isExact || numerator <= 0 || denominator <= 0) return undefined;
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}
