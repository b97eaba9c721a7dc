/** Tells of any double whether it lies exactly between two. */
const EXACT_DIGITS = 60;

/**
 * Writes a number with so many decimals as the original's language does: what lies exactly between two goes to the even one, so that
 * 2.5 is `2`, where `toFixed` has `3`.
 */
export function fixedText(value: number, decimals: number): string {
  const exact = value.toFixed(decimals + EXACT_DIGITS);
  const kept = exact.slice(0, -EXACT_DIGITS).replace(/\.$/, '');
  const isTie = /^50*$/.test(exact.slice(-EXACT_DIGITS));
  return isTie && /[02468]$/.test(kept) ? kept : value.toFixed(decimals);
}
