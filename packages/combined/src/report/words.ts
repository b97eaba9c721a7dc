/** What stands where nothing is known. */
export const UNKNOWN = '–';

/** A time as players show it, with tenths below an hour: `0:07.9`, `1:02:03`. */
export function clock(seconds: number): string {
  const tenths = Math.round(Math.max(0, seconds) * 10);
  const whole = Math.floor(tenths / 10);
  const two = (value: number) => String(value).padStart(2, '0');
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  if (hours > 0) return `${hours}:${two(minutes)}:${two(rest)}`;
  return `${minutes}:${two(rest)}.${tenths % 10}`;
}

/** A length: `4.5 s`, `12 min 3 s`, `1 h 2 min`; that of a frame is not nothing: `0.04 s`. */
export function lengthOf(seconds: number): string {
  if (Number(seconds.toFixed(1)) < 60) return `${rounded(seconds, seconds < 0.1 ? 3 : 1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(whole / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A share of 0 to 1. */
export const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** As few digits as say it. */
export const rounded = (value: number, digits = 2): string => String(Number(value.toFixed(digits)));

/** A name of a program's, such as `edgeWidthPixels` or `dead-channel`, as people write it: `edge width pixels`. */
export function spaced(name: string): string {
  const words = name.replace(/[-_]/g, ' ').replace(/([a-z])([A-Z])/g, '$1 $2');
  return words.toLowerCase();
}

/** Such a name as a title: `Dead channel`. */
export function titled(name: string): string {
  const words = spaced(name);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Thousandths of a second, which is as much as a player shows. */
export const toMilliseconds = (seconds: number): number => Math.round(seconds * 1000) / 1000;

/** With its unit, or nothing where it is not known. */
export function measure(value: number | null | undefined, unit: string, digits = 1): string | undefined {
  if (value === null || value === undefined || Number.isNaN(value)) return undefined;
  if (!Number.isFinite(value)) return 'digital silence';
  return `${rounded(value, digits)} ${unit}`.trim();
}
