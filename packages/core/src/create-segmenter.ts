import * as z from 'zod';
import type { Scores, Segment } from './chunks.js';
import { createStage, type StageOptions } from './create-stage.js';
import { LabelRuns } from './label-runs.js';
import { MediaError } from './media-error.js';
import { parseOptions } from './parse-options.js';
import type { Stage } from './stage.js';
import { BRIDGED_SECONDS, TOLERANCE_SECONDS } from './time-limits.js';
import { WindowRuns } from './window-runs.js';

export interface SegmenterOptions extends StageOptions {
  /** A label begins to hold where its probability reaches this, 0 to 1. @defaultValue 0.5 */
  readonly enter?: number | undefined;
  /** It holds until its probability falls below this, 0 to `enter`. @defaultValue 0.8 * enter */
  readonly exit?: number | undefined;
  /** Shorter times are left out, in seconds. @defaultValue 0 */
  readonly minSeconds?: number | undefined;
  /** An object that a tracker follows may be out of sight for so long within a segment, in seconds. @defaultValue 1 */
  readonly lostSeconds?: number | undefined;
}

const settingsSchema = z.strictObject({
  enter: z.number().min(0).max(1).default(0.5),
  exit: z.number().min(0).max(1).optional(),
  minSeconds: z.number().min(0).default(0),
  lostSeconds: z.number().min(0).default(1),
});

/**
 * Finds the times in which a label holds. Two thresholds keep a probability that wavers around one
 * from cutting a segment to pieces.
 *
 * A segment lasts from the first frame that reaches `enter` to the end of the last one that stays at
 * `exit` or above; frames that last 0 seconds, such as stills, make segments of 0 seconds. Emits a
 * segment when its label stops holding, and the open ones, in order of their start, at the end.
 *
 * A time without scores, as where there is no sound, ends what held before it. Not so up to 0.5 s, nor the regular pauses between windows
 * that lie apart: what comes behind the first pause tells whether it is one, and of two windows alone each is by itself. Where time runs
 * back by more than 0.5 s, everything begins anew.
 *
 * Each object that a tracker follows has segments of its own. For all other parts of frames together, a label holds
 * as it does in the part of each frame that it fits best.
 *
 * Holds one run for each label that holds, and of each input, model and label set when its last scores ended.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, at once.
 */
export function createSegmenter(options: SegmenterOptions = {}): Stage<Scores, Segment> {
  const { signal, highWaterMark, idleMs, ...settings } = options;
  const { enter, exit = 0.8 * enter, minSeconds, lostSeconds } = parseOptions(settingsSchema, settings);
  if (exit > enter)
    throw new MediaError('ERR_INVALID_OPTIONS', `exit: expected at most enter (${enter}), got ${exit}`);
  const clocks = new Map<string, Clock>();
  const isLongEnough = ({ durationSeconds }: Segment) => durationSeconds >= minSeconds - TOLERANCE_SECONDS;

  const makeRuns = ({ region }: Scores) => {
    if (region === undefined) return new WindowRuns({ enter, exit });
    return region.trackId === undefined
      ? new LabelRuns({ enter, exit }, 0, { hasParts: true }) // a frame without an object has no scores at all
      : new LabelRuns({ enter, exit }, lostSeconds);
  };

  /** Ends what is gone, as a track does not tell that it ends; and all where time runs back. */
  function* endOver({ places, time }: Clock, timestamp: number): Generator<Segment> {
    const beginsAnew = timestamp < time - BRIDGED_SECONDS;
    for (const [place, runs] of places) {
      if (!beginsAnew && !runs.isOver(timestamp)) continue;
      yield* runs.finish();
      if (beginsAnew || runs.isSpent) places.delete(place);
    }
  }

  function addTo({ places }: Clock, scores: Scores): Segment[] {
    const place = placeOf(scores);
    const runs = places.get(place) ?? makeRuns(scores);
    const ended = runs.add(scores);
    if (runs.isSpent) places.delete(place);
    else places.set(place, runs);
    return ended;
  }

  return createStage(
    {
      accepts: ['scores'],
      transform(scores) {
        const key = clockOf(scores);
        const clock: Clock = clocks.get(key) ?? { places: new Map(), time: scores.timestamp };
        const ended = [...endOver(clock, scores.timestamp), ...addTo(clock, scores)];
        clock.time = scores.timestamp;
        if (clock.places.size > 0) clocks.set(key, clock);
        else clocks.delete(key);
        return ended.filter(isLongEnough);
      },
      flush: () =>
        [...clocks.values()]
          .flatMap(({ places }) => [...places.values()])
          .flatMap((runs) => runs.finish())
          .filter(isLongEnough)
          .toSorted((a, b) => a.timestamp - b.timestamp),
    },
    { signal, highWaterMark, idleMs },
  );
}

/** What scores of one clock belong to, each place by itself, and the time of the last ones. */
interface Clock {
  readonly places: Map<string, LabelRuns | WindowRuns>;
  time: number;
}

/** Scores that share this come in order of time, unless their input begins anew; what is seen may be far ahead of what is heard. */
const clockOf = ({ source, modality, model }: Scores) => JSON.stringify([source, modality, model]);

/** Scores of one clock that share this follow one another. */
const placeOf = ({ labelSet, region }: Scores) =>
  JSON.stringify([labelSet.name, region && (region.trackId ?? 'parts')]);
