import * as z from 'zod';
import type { Scores, Segment } from './chunks.js';
import { createStage, type StageOptions } from './create-stage.js';
import { MediaError } from './media-error.js';
import { parseOptions } from './parse-options.js';
import { allLabels, type LabelScore } from './report-labels.js';
import type { Stage } from './stage.js';

export interface SegmenterOptions extends StageOptions {
  /** A label begins to hold where its probability reaches this, 0 to 1. @defaultValue 0.5 */
  readonly enter?: number;
  /** It holds until its probability falls below this, 0 to `enter`. @defaultValue 0.8 * enter */
  readonly exit?: number;
  /** Shorter times are left out, in seconds. @defaultValue 0 */
  readonly minSeconds?: number;
}

const settingsSchema = z.strictObject({
  enter: z.number().min(0).max(1).default(0.5),
  exit: z.number().min(0).max(1).optional(),
  minSeconds: z.number().min(0).default(0),
});

/** A label that holds now. Probabilities are weighted by how long their frames last. */
interface Run {
  readonly scores: Scores;
  readonly label: LabelScore;
  end: number;
  peak: number;
  weighted: number;
  seconds: number;
  sum: number;
  count: number;
}

/**
 * Finds the times in which a label holds. Two thresholds keep a probability that wavers around one
 * from cutting a segment to pieces.
 *
 * A segment lasts from the first frame that reaches `enter` to the end of the last one that stays at
 * `exit` or above; frames that last 0 seconds, such as stills, make segments of 0 seconds. Emits a
 * segment when its label stops holding, and the open ones, in order of their start, at the end.
 * Holds one run for each label that holds.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, at once.
 */
export function createSegmenter(options: SegmenterOptions = {}): Stage<Scores, Segment> {
  const { signal, highWaterMark, idleMs, ...settings } = options;
  const { enter, exit = 0.8 * enter, minSeconds } = parseOptions(settingsSchema, settings);
  if (exit > enter)
    throw new MediaError('ERR_INVALID_OPTIONS', `exit: expected at most enter (${enter}), got ${exit}`);
  const runs = new Map<string, Run>();
  const isLongEnough = ({ durationSeconds }: Segment) => durationSeconds >= minSeconds;

  return createStage(
    {
      accepts: ['scores'],
      transform(scores) {
        const ended: Segment[] = [];
        for (const label of allLabels(scores)) {
          const key = JSON.stringify([...placeOf(scores), label.index]);
          const run = runs.get(key);
          if (label.probability >= (run ? exit : enter)) {
            runs.set(key, extend(run ?? begin(scores, label), scores, label.probability));
          } else if (run) {
            runs.delete(key);
            ended.push(segmentOf(run));
          }
        }
        return ended.filter(isLongEnough);
      },
      flush: () => [...runs.values()].map(segmentOf).filter(isLongEnough),
    },
    { signal, highWaterMark, idleMs },
  );
}

/** Whose label it is: scores that share this follow one another. A region without a track stands for itself. */
function placeOf({ source, modality, model, labelSet, region }: Scores) {
  return [source, modality, model, labelSet.name, region?.trackId ?? region ?? null];
}

function begin(scores: Scores, label: LabelScore): Run {
  return { scores, label, end: 0, peak: 0, weighted: 0, seconds: 0, sum: 0, count: 0 };
}

function extend(run: Run, { timestamp, durationSeconds }: Scores, probability: number): Run {
  return {
    ...run,
    end: timestamp + durationSeconds,
    peak: Math.max(run.peak, probability),
    weighted: run.weighted + probability * durationSeconds,
    seconds: run.seconds + durationSeconds,
    sum: run.sum + probability,
    count: run.count + 1,
  };
}

function segmentOf({
  scores,
  label: { group, label },
  end,
  peak,
  weighted,
  seconds,
  sum,
  count,
}: Run): Segment {
  const { source, modality, model, labelSet, timestamp, region } = scores;
  return {
    type: 'segment',
    source,
    modality,
    model,
    labelSet: labelSet.name,
    group,
    label,
    timestamp,
    durationSeconds: end - timestamp,
    probability: seconds > 0 ? weighted / seconds : sum / count,
    peak,
    ...(region?.trackId !== undefined && { trackId: region.trackId }),
  };
}
