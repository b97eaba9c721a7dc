import type { Shot } from '@deepffmpeg/core';
import { formatClockTime } from './clock-time.js';

/**
 * Writes shots as chapters for a browser's `<track kind="chapters">`, on the film's own clock. A time before 0 becomes 0, since the format has
 * no such times; shots of less than a millisecond are left out.
 *
 * @see https://www.w3.org/TR/webvtt1/#introduction-chapters
 */
export function shotsToWebVtt(shots: readonly Shot[]): string {
  const cues = shots.map(({ index, timestamp, durationSeconds }) => ({
    number: index + 1,
    start: formatClockTime(timestamp),
    end: formatClockTime(timestamp + durationSeconds),
  }));
  const shown = cues.filter(({ start, end }) => start !== end);
  return `WEBVTT\n${shown.map(({ number, start, end }) => `\n${number}\n${start} --> ${end}\nShot ${number}\n`).join('')}`;
}
