/** Writes `HH:MM:SS.mmm`, rounded to milliseconds; 0 for a time before it. */
export function formatClockTime(seconds: number): string {
  const total = Math.max(0, Math.round(seconds * 1000));
  const part = (size: number, length: number, modulo = Infinity) =>
    String(Math.floor(total / size) % modulo).padStart(length, '0');
  return `${part(3_600_000, 2)}:${part(60_000, 2, 60)}:${part(1000, 2, 60)}.${part(1, 3, 1000)}`;
}
