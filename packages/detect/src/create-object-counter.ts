import {
  createStage,
  type Detection,
  type Detections,
  type ObjectCount,
  parseOptions,
  type Stage,
  type StageOptions,
  type Track,
} from '@deepffmpeg/core';
import * as z from 'zod';

export interface ObjectCounterOptions extends StageOptions {
  /** A track that was not seen for longer has ended, 0 to 3600: as long as the tracker's `bufferSeconds`. @defaultValue 1 */
  readonly lostSeconds?: number | undefined;
}

const settingsSchema = z.strictObject({ lostSeconds: z.number().min(0).max(3600).default(1) });

/** Time stamps are rounded. */
const TOLERANCE_SECONDS = 1e-6;

interface OpenTrack {
  readonly source: string;
  readonly model: string;
  readonly label: string;
  readonly trackId: number;
  /** From when and until when it was seen. */
  readonly timestamp: number;
  end: number;
  count: number;
  sum: number;
  peak: number;
}

type Count = { -readonly [Key in keyof ObjectCount]: ObjectCount[Key] };

/**
 * Counts objects, and tells when those that a tracker follows came and left.
 *
 * In: detections in order of time, of one or several inputs. Out: a `track` when one has ended, in order of their ends, and the open ones, in order of
 * their start, when the stream ends; then an `object-count` for each input and label, in order of first appearance.
 * Holds the open tracks, and a count for each label.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, at once.
 */
export function createObjectCounter(
  options: ObjectCounterOptions = {},
): Stage<Detections, Track | ObjectCount> {
  const { signal, highWaterMark, idleMs, ...given } = options;
  const { lostSeconds } = parseOptions(settingsSchema, given);
  const tracks = new Map<string, OpenTrack>();
  const counts = new Map<string, Count>();

  function* endLost({ source, timestamp }: Detections): Generator<Track> {
    for (const [key, track] of tracks) {
      if (track.source !== source || timestamp - track.end <= lostSeconds + TOLERANCE_SECONDS) continue;
      tracks.delete(key);
      yield trackOf(track);
    }
  }

  const countOf = ({ source, model }: Detections, label: string): Count => {
    const key = JSON.stringify([source, model, label]);
    const count = counts.get(key) ?? {
      type: 'object-count',
      source,
      model,
      label,
      detections: 0,
      frames: 0,
      mostAtOnce: 0,
    };
    counts.set(key, count);
    return count;
  };

  const follow = (detections: Detections, { label, confidence }: Detection, trackId: number) => {
    const { source, model, timestamp, durationSeconds } = detections;
    const key = JSON.stringify([source, trackId]);
    const known = tracks.get(key);
    const track = known ?? {
      source,
      model,
      label,
      trackId,
      timestamp,
      end: 0,
      count: 0,
      sum: 0,
      peak: 0,
    };
    if (!known) {
      tracks.set(key, track);
      const count = countOf(detections, label);
      count.tracks = (count.tracks ?? 0) + 1;
    }
    track.end = timestamp + durationSeconds;
    track.count++;
    track.sum += confidence;
    track.peak = Math.max(track.peak, confidence);
  };

  return createStage(
    {
      accepts: ['detections'],
      transform(detections: Detections) {
        const ended = [...endLost(detections)];
        const numbers = new Map<string, number>();
        for (const object of detections.objects) {
          const { label, region } = object;
          numbers.set(label, (numbers.get(label) ?? 0) + 1);
          if (region.trackId !== undefined) follow(detections, object, region.trackId);
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
        for (const track of tracks.values()) yield trackOf(track);
        yield* counts.values();
      },
    },
    { signal, highWaterMark, idleMs },
  );
}

function trackOf({ end, sum, ...track }: OpenTrack): Track {
  return { type: 'track', ...track, durationSeconds: end - track.timestamp, confidence: sum / track.count };
}
