import type { Shot } from '@deepffmpeg/core';
import { formatClockTime } from './clock-time.js';

const HEADER = [
  'Scene Number',
  'Start Frame',
  'Start Timecode',
  'Start Time (seconds)',
  'End Frame',
  'End Timecode',
  'End Time (seconds)',
  'Length (frames)',
  'Length (timecode)',
  'Length (seconds)',
];

/**
 * Writes shots in the columns of PySceneDetect, without its line of cuts, which is no row of a table. As there, frames count from 1, the end frame
 * is the last one of the shot, and times begin with the first frame.
 *
 * @param shots All of the film, in order.
 * @see https://www.scenedetect.com/docs/latest/cli.html#list-scenes
 */
export function shotsToCsv(shots: readonly Shot[]): string {
  const origin = shots[0]?.timestamp ?? 0;
  const time = (seconds: number) => [formatClockTime(seconds), seconds.toFixed(3)];
  const rows = shots.map(({ index, startFrame, endFrame, timestamp, durationSeconds }) => {
    const start = timestamp - origin;
    return [
      ...[index + 1, startFrame + 1, ...time(start)],
      ...[endFrame, ...time(start + durationSeconds)],
      ...[endFrame - startFrame, ...time(durationSeconds)],
    ];
  });
  return [HEADER, ...rows].map((row) => `${row.join()}\n`).join('');
}
