import {
  createStage,
  type Detections,
  MediaError,
  parseOptions,
  type Stage,
  type StageOptions,
} from '@deepffmpeg/core';
import * as z from 'zod';
import { ObjectTracker } from './object-tracker.js';

export interface TrackerOptions extends StageOptions {
  /** What reaches it is clearly seen and looked at first; 0 to 1. @defaultValue 0.5 */
  readonly confidence?: number | undefined;
  /** Begins a track if it belongs to none; at least `confidence`, at most 1. @defaultValue `confidence` + 0.1 */
  readonly newConfidence?: number | undefined;
  /** Continues a track that nothing clearer continues, as of objects half hidden; at most `confidence`. @defaultValue 0.1 */
  readonly lowConfidence?: number | undefined;
  /** A track that was not seen for longer ends; above 0, at most 3600. @defaultValue 1 */
  readonly lostSeconds?: number | undefined;
}

/** ByteTrack goes on with boxes that are this faint. */
export const LOW_CONFIDENCE = 0.1;

const share = z.number().min(0).max(1);
const settingsSchema = z.strictObject({
  confidence: share.default(0.5),
  newConfidence: share.optional(),
  lowConfidence: share.default(LOW_CONFIDENCE),
  lostSeconds: z.number().positive().max(3600).default(1),
});

/**
 * Tells which objects of successive frames are the same, by ByteTrack: a Kalman filter expects where each is, boxes that are clearly seen
 * are joined with these by overlap, then faint ones with what is left. Only objects of one label are joined. The
 * three confidences are by default those of ByteTrack's own code.
 *
 * In: detections in order of time, of one or several inputs, best with all objects down to `lowConfidence`. Where the time of an input runs
 * back by more than 0.5 s, its tracks begin anew.
 * Out: the same with the objects that belong to a track, each with `trackId` in its region: from 1 for each input. Times may be irregular.
 * Holds the tracks of each input. Work on a frame grows with the cube of the number of its objects: 300 take some 10 ms.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, at once.
 * @see Zhang et al. 2022, arXiv:2110.06864, algorithm 1; Bewley et al. 2016, arXiv:1602.00763
 */
export function createTracker(options: TrackerOptions = {}): Stage<Detections, Detections> {
  const { signal, highWaterMark, idleMs, ...given } = options;
  const settings = parseOptions(settingsSchema, given);
  const { confidence, lowConfidence, newConfidence = Math.min(1, confidence + 0.1) } = settings;
  if (lowConfidence > confidence || confidence > newConfidence) {
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      `lowConfidence ${lowConfidence}, confidence ${confidence} and newConfidence ${newConfidence} were expected in rising order`,
    );
  }
  const trackers = new Map<string, ObjectTracker>();

  return createStage(
    {
      accepts: ['detections'],
      transform(detections: Detections) {
        const { source, objects } = detections;
        const tracker = trackers.get(source) ?? new ObjectTracker({ ...settings, newConfidence });
        trackers.set(source, tracker);
        return [{ ...detections, objects: tracker.take(objects, detections) }];
      },
    },
    { signal, highWaterMark, idleMs },
  );
}
