import type { Shot } from '@deepffmpeg/core';
import { editsOf } from './edits.js';
import type { FilmInfo } from './film-info.js';

/**
 * Writes shots as an OpenTimelineIO timeline: one video track, one clip each. Schemas are the oldest that say all of it, so that every version reads
 * them.
 *
 * @see https://opentimelineio.readthedocs.io/en/stable/tutorials/otio-serialized-schema.html
 */
export function shotsToOtio(shots: readonly Shot[], film: FilmInfo): string {
  const rate = film.frameRate.numerator / film.frameRate.denominator;
  const time = (value: number) => ({ OTIO_SCHEMA: 'RationalTime.1', rate, value });
  const range = (startFrame: number, endFrame: number) => ({
    OTIO_SCHEMA: 'TimeRange.1',
    start_time: time(startFrame),
    duration: time(endFrame - startFrame),
  });
  const edits = editsOf(shots, film);
  const media = mediaReference(film, range(film.startFrame, edits.at(-1)?.endFrame ?? film.startFrame));
  const clips = edits.map(({ number, startFrame, endFrame }) => ({
    OTIO_SCHEMA: 'Clip.1',
    name: `Shot ${number}`,
    source_range: range(startFrame, endFrame),
    media_reference: media,
  }));
  const track = { OTIO_SCHEMA: 'Track.1', name: 'Video', kind: 'Video', children: clips };
  const timeline = {
    OTIO_SCHEMA: 'Timeline.1',
    name: film.name,
    global_start_time: time(film.startFrame),
    tracks: { OTIO_SCHEMA: 'Stack.1', name: 'tracks', children: [track] },
  };
  return `${JSON.stringify(timeline, null, 2)}\n`;
}

function mediaReference({ name, mediaUrl }: FilmInfo, availableRange: object): object {
  if (mediaUrl === undefined) return { OTIO_SCHEMA: 'MissingReference.1', name };
  return { OTIO_SCHEMA: 'ExternalReference.1', name, target_url: mediaUrl, available_range: availableRange };
}
