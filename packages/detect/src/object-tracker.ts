import { BRIDGED_SECONDS, type Detection, type Timed, TOLERANCE_SECONDS } from '@deepffmpeg/core';
import { assignPairs } from './assign-pairs.js';
import { type BoxMotion, correctMotion, predictMotion, regionOfMotion, startMotion } from './box-motion.js';
import { edgesOf, overlapOf } from './candidate.js';

/** What the tracker follows objects by; `TrackerOptions` say what each means. */
export interface TrackerSettings {
  readonly confidence: number;
  readonly newConfidence: number;
  readonly lowConfidence: number;
  readonly lostSeconds: number;
}

interface Track {
  readonly id: number;
  readonly label: string;
  motion: BoxMotion;
  /** Until when it was seen last, in seconds. */
  seenUntil: number;
  /** Whether it was seen in the last frame. */
  isSeen: boolean;
}

/** ByteTrack's least agreement, overlap times confidence, of what is clearly seen; and least overlap of what is hardly seen. */
const LEAST_AGREEMENT = 0.2;
const LEAST_LOW_OVERLAP = 0.5;

/** Follows the objects of one input by ByteTrack's association in two rounds. */
export class ObjectTracker {
  readonly #settings: TrackerSettings;
  #tracks: Track[] = [];
  #time: number | undefined;
  #nextId = 1;

  constructor(settings: TrackerSettings) {
    this.#settings = settings;
  }

  /** Takes the objects of the next frame, and gives those that belong to a track, in the same order. */
  take(
    objects: readonly Detection[],
    { timestamp, durationSeconds }: Pick<Timed, 'timestamp' | 'durationSeconds'>,
  ): Detection[] {
    const end = timestamp + durationSeconds; // frames may lie far apart
    const { confidence, lowConfidence, newConfidence } = this.#settings;
    this.#moveOn(timestamp);
    const tracks = this.#tracks;
    const solid = objects.filter(({ region }) => region.width > 0 && region.height > 0); // others have no shape to follow
    const high = solid.filter((object) => object.confidence >= confidence);
    const low = solid.filter(
      (object) => object.confidence < confidence && object.confidence >= lowConfidence,
    );

    const clear = match(tracks, high, (overlap, object) => overlap * object.confidence, LEAST_AGREEMENT);
    const unmatched = tracks.filter((track) => track.isSeen && !clear.has(track));
    const faint = match(unmatched, low, (overlap) => overlap, LEAST_LOW_OVERLAP);
    const found = new Map<Detection, Track>();
    for (const track of tracks) {
      const object = clear.get(track) ?? faint.get(track);
      track.isSeen = object !== undefined;
      if (object) found.set(object, this.#follow(track, object, end));
    }
    for (const object of high)
      if (!found.has(object) && object.confidence >= newConfidence)
        found.set(object, this.#begin(object, end));

    return objects.flatMap((object) => {
      const track = found.get(object);
      return track ? [{ ...object, region: { ...object.region, trackId: track.id } }] : [];
    });
  }

  /** Moves all tracks on to a time, and forgets those that were not seen for too long; all, where time runs back. */
  #moveOn(timestamp: number): void {
    const seconds = timestamp - (this.#time ?? timestamp);
    this.#time = timestamp;
    if (seconds < -BRIDGED_SECONDS) this.#tracks = [];
    this.#tracks = this.#tracks.filter(
      ({ seenUntil }) => timestamp - seenUntil <= this.#settings.lostSeconds + TOLERANCE_SECONDS,
    );
    for (const track of this.#tracks)
      track.motion = predictMotion(track.motion, Math.max(0, seconds), track.isSeen);
  }

  #follow(track: Track, { region }: Detection, end: number): Track {
    track.motion = correctMotion(track.motion, region);
    track.seenUntil = end;
    return track;
  }

  #begin({ label, region }: Detection, seenUntil: number): Track {
    const track = { id: this.#nextId++, label, motion: startMotion(region), seenUntil, isSeen: true };
    this.#tracks.push(track);
    return track;
  }
}

/** Joins tracks with objects of the same label so that they agree best, and each pair by more than `least`. */
function match(
  tracks: readonly Track[],
  objects: readonly Detection[],
  agreementOf: (overlap: number, object: Detection) => number,
  least: number,
): Map<Track, Detection> {
  const edges = objects.map(({ region }) => edgesOf(region));
  const costs = tracks.map(({ label, motion }) => {
    const expected = edgesOf(regionOfMotion(motion));
    return objects.map(
      (object, i) => (object.label === label ? 1 - agreementOf(overlapOf(expected, edges[i]!), object) : 1), // as many edges
    );
  });
  const pairs = assignPairs(costs, 1 - least);
  return new Map(pairs.map(([track, object]) => [tracks[track]!, objects[object]!])); // pairs are in range
}
