import type { Shot } from '@deepffmpeg/core';
import type { FilmInfo } from './film-info.js';

/**
 * Writes shots as chapters, for `ffmpeg -i film.mp4 -i shots.txt -map_metadata 0 -map_chapters 1 -c copy out.mp4`. ffmpeg has its output begin at 0: so
 * times count from the beginning of the film's earliest stream.
 *
 * @see https://ffmpeg.org/ffmpeg-formats.html#Metadata-2
 */
export function shotsToFfmetadata(
  shots: readonly Shot[],
  { startSeconds }: Pick<FilmInfo, 'startSeconds'>,
): string {
  const ticks = (seconds: number) => Math.max(0, Math.round((seconds - startSeconds) * 1_000_000));
  const chapters = shots.map(
    ({ index, timestamp, durationSeconds }) =>
      `\n[CHAPTER]\nTIMEBASE=1/1000000\nSTART=${ticks(timestamp)}\nEND=${ticks(timestamp + durationSeconds)}\ntitle=Shot ${index + 1}\n`,
  );
  return `;FFMETADATA1\n${chapters.join('')}`;
}
