import type { Detection, Detections, Track } from '@deepffmpeg/core';

/** Time stamps are rounded. */
const TOLERANCE_SECONDS = 1e-6;

interface OpenTrack extends Pick<Track, 'source' | 'model' | 'label' | 'trackId' | 'timestamp'> {
  /** Until when it was seen. */
  end: number;
  count: number;
  sum: number;
  peak: number;
}

/** The tracks of all inputs that have not ended. */
export class OpenTracks {
  readonly #lostSeconds: number;
  readonly #tracks = new Map<string, OpenTrack>();

  /** @param lostSeconds - a track that was not seen for longer has ended. */
  constructor(lostSeconds: number) {
    this.#lostSeconds = lostSeconds;
  }

  /** Ends the tracks of this input that are lost by now. */
  *endLost({ source, timestamp }: Detections): Generator<Track> {
    for (const [key, track] of this.#tracks) {
      if (track.source !== source || timestamp - track.end <= this.#lostSeconds + TOLERANCE_SECONDS) continue;
      this.#tracks.delete(key);
      yield trackOf(track);
    }
  }

  /** Adds an object to its track. @returns whether the track begins with it */
  follow(detections: Detections, { label, confidence }: Detection, trackId: number): boolean {
    const { source, model, timestamp, durationSeconds } = detections;
    const key = JSON.stringify([source, trackId]);
    const known = this.#tracks.get(key);
    const about = { source, model, label, trackId, timestamp };
    const track = known ?? { ...about, end: 0, count: 0, sum: 0, peak: 0 };
    this.#tracks.set(key, track);
    track.end = timestamp + durationSeconds;
    track.count++;
    track.sum += confidence;
    track.peak = Math.max(track.peak, confidence);
    return known === undefined;
  }

  /** Those that are still open, in order of their start. */
  *rest(): Generator<Track> {
    for (const track of this.#tracks.values()) yield trackOf(track);
  }
}

function trackOf({ end, sum, ...track }: OpenTrack): Track {
  return { type: 'track', ...track, durationSeconds: end - track.timestamp, confidence: sum / track.count };
}
