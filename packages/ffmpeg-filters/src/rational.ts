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
