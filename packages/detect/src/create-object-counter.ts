import {
  createStage,
  type Detections,
  type ObjectCount,
  parseOptions,
  type Stage,
  type StageOptions,
  type Track,
} from '@deepffmpeg/core';
import * as z from 'zod';
import { OpenTracks } from './open-tracks.js';

export interface ObjectCounterOptions extends StageOptions {
  /** A track that was not seen for longer has ended, 0 to 3600: as long as the tracker's `lostSeconds`. @defaultValue 1 */
  readonly lostSeconds?: number | undefined;
}

const settingsSchema = z.strictObject({ lostSeconds: z.number().min(0).max(3600).default(1) });

type Count = { -readonly [Key in keyof ObjectCount]: ObjectCount[Key] };

/**
 * Counts objects, and tells when those that a tracker follows came and left.
 *
 * In: detections in order of time, of one or several inputs; where the time of one runs back by more than 0.5 s, its tracks end, as with
 * `createTracker`. Out: a `track` when one has ended, in order of their ends, and the open ones, of each
 * input in order of their start, when the stream ends; then an `object-count` for each input and label, in order of first appearance.
 * Holds the open tracks, and a count for each label.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, at once.
 */
export function createObjectCounter(
  options: ObjectCounterOptions = {},
): Stage<Detections, Track | ObjectCount> {
  const { signal, highWaterMark, idleMs, ...given } = options;
  const { lostSeconds } = parseOptions(settingsSchema, given);
  const tracks = new OpenTracks(lostSeconds);
  const counts = new Map<string, Count>();

  const countOf = ({ source, model }: Detections, label: string): Count => {
    const key = JSON.stringify([source, model, label]);
    const about = { type: 'object-count', source, model, label } as const;
    const count = counts.get(key) ?? { ...about, detections: 0, frames: 0, mostAtOnce: 0 };
    counts.set(key, count);
    return count;
  };

  return createStage(
    {
      accepts: ['detections'],
      transform(detections: Detections) {
        const ended = [...tracks.endLost(detections)];
        const numbers = new Map<string, number>();
        for (const object of detections.objects) {
          const { label, region } = object;
          numbers.set(label, (numbers.get(label) ?? 0) + 1);
          if (region.trackId === undefined || !tracks.follow(detections, object, region.trackId)) continue;
          const count = countOf(detections, label);
          count.tracks = (count.tracks ?? 0) + 1;
        }
        for (const [label, number] of numbers) {
          const count = countOf(detections, label);
          count.detections += number;
          count.frames++;
          count.mostAtOnce = Math.max(count.mostAtOnce, number);
        }
        return ended;
      },
      *flush(): Generator<Track | ObjectCount> {
        yield* tracks.rest();
        yield* counts.values();
      },
    },
    { signal, highWaterMark, idleMs },
  );
}
