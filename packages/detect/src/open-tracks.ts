import {
  BRIDGED_SECONDS,
  type Detection,
  type Detections,
  TOLERANCE_SECONDS,
  type Track,
} from '@deepffmpeg/core';

interface OpenTrack extends Pick<Track, 'source' | 'model' | 'label' | 'trackId' | 'timestamp'> {
  /** When it was seen last, and until when at most. */
  seenAt: number;
  end: number;
  count: number;
  sum: number;
  peak: number;
}

/** The tracks of all inputs that have not ended. */
export class OpenTracks {
  readonly #lostSeconds: number;
  /** Of each input that has any, by their ids. */
  readonly #inputs = new Map<string, Map<number, OpenTrack>>();

  /** @param lostSeconds - a track that was not seen for longer has ended. */
  constructor(lostSeconds: number) {
    this.#lostSeconds = lostSeconds;
  }

  /** Ends the tracks of this input that are lost by now, or that time runs back behind. */
  *endLost({ source, timestamp }: Detections): Generator<Track> {
    const tracks = this.#inputs.get(source) ?? new Map<number, OpenTrack>();
    for (const [trackId, track] of tracks) {
      const isLost = timestamp - track.end > this.#lostSeconds + TOLERANCE_SECONDS;
      if (!isLost && timestamp >= track.seenAt - BRIDGED_SECONDS) continue;
      tracks.delete(trackId);
      yield trackOf(track);
    }
    if (tracks.size === 0) this.#inputs.delete(source);
  }

  /** Adds an object to its track. @returns whether the track begins with it */
  follow(detections: Detections, { label, confidence }: Detection, trackId: number): boolean {
    const { source, model, timestamp, durationSeconds } = detections;
    const tracks = this.#inputs.get(source) ?? new Map<number, OpenTrack>();
    this.#inputs.set(source, tracks);
    const known = tracks.get(trackId);
    const about = { source, model, label, trackId, timestamp };
    const track = known ?? { ...about, seenAt: timestamp, end: timestamp, count: 0, sum: 0, peak: 0 };
    tracks.set(trackId, track);
    track.seenAt = timestamp;
    track.end = Math.max(track.end, timestamp + durationSeconds); // a clock may be a moment back
    track.count++;
    track.sum += confidence;
    track.peak = Math.max(track.peak, confidence);
    return known === undefined;
  }

  /** Those that are still open, of each input in order of their start. */
  *rest(): Generator<Track> {
    for (const tracks of this.#inputs.values()) yield* [...tracks.values()].map(trackOf);
  }
}

function trackOf({ seenAt, end, sum, ...track }: OpenTrack): Track {
  return { type: 'track', ...track, durationSeconds: end - track.timestamp, confidence: sum / track.count };
}
