/** A size as the hub's pages show it: three digits, units of 1000. */
export function megabytes(bytes: number): string {
  const [value, unit] = bytes >= 999.5e6 ? [bytes / 1e9, 'GB'] : [bytes / 1e6, 'MB'];
  return `${value >= 10 || value === 0 ? Math.round(value) : Number(value.toPrecision(2))} ${unit}`;
}
