const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** A size as the hub's pages show it: two or three digits, units of 1000. */
export function byteSize(bytes: number): string {
  const unit = UNITS.findIndex((_, i) => bytes < 999.5 * 1000 ** i || i === UNITS.length - 1);
  const value = bytes / 1000 ** unit;
  return `${value >= 10 ? Math.round(value) : Number(value.toPrecision(2))} ${UNITS[unit]}`;
}
