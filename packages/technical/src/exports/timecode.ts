import type { Rational } from '@deepffmpeg/ffmpeg-filters';

/** How frames are numbered: `fps` numbers a second; with `dropped` of them left out each minute but the tenth. */
export interface TimecodeBase {
  readonly fps: number;
  readonly dropped: number;
}

/** 29.97 and 59.94 frames a second, where a code that counts to 30 or 60 would fall behind the clock. */
export function canDropFrames({ numerator, denominator }: Rational): boolean {
  return denominator === 1001 && (numerator === 30_000 || numerator === 60_000);
}

/** @param dropsFrames Only where `canDropFrames`. */
export function timecodeBase({ numerator, denominator }: Rational, dropsFrames: boolean): TimecodeBase {
  const fps = Math.round(numerator / denominator);
  return { fps, dropped: dropsFrames ? fps / 15 : 0 };
}

/**
 * Writes `HH:MM:SS:FF`, with `;` before the frames where numbers are dropped; begins anew after 24 hours.
 *
 * @see SMPTE ST 12-1, section 7
 */
export function formatTimecode(frame: number, { fps, dropped }: TimecodeBase): string {
  const perMinute = fps * 60 - dropped;
  const perTenMinutes = fps * 600 - dropped * 9;
  const tens = Math.floor(frame / perTenMinutes);
  const rest = frame - tens * perTenMinutes;
  const minutesLeft = Math.max(0, Math.floor((rest - dropped) / perMinute));
  const number = frame + dropped * (tens * 9 + minutesLeft);
  const part = (size: number, modulo: number) => String(Math.floor(number / size) % modulo).padStart(2, '0');
  const seconds = `${part(fps * 3600, 24)}:${part(fps * 60, 60)}:${part(fps, 60)}`;
  return `${seconds}${dropped > 0 ? ';' : ':'}${part(1, fps)}`;
}

/** Reads what `formatTimecode` writes; undefined for what it never would. */
export function parseTimecode(text: string, { fps, dropped }: TimecodeBase): number | undefined {
  const [, hours, minutes, seconds, frames] = /^(\d\d):([0-5]\d):([0-5]\d)[:;](\d\d)$/.exec(text) ?? [];
  if (hours === undefined) return undefined;
  const isDropped = Number(minutes) % 10 > 0 && Number(seconds) === 0 && Number(frames) < dropped;
  if (Number(frames) >= fps || isDropped) return undefined;
  const wholeMinutes = Number(hours) * 60 + Number(minutes);
  const number = (wholeMinutes * 60 + Number(seconds)) * fps + Number(frames);
  return number - dropped * (wholeMinutes - Math.floor(wholeMinutes / 10));
}
