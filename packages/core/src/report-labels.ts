import * as z from 'zod';
import type { Scores } from './chunks.js';
import { parseOptions } from './parse-options.js';

/** What is worth telling of scores. */
export interface ReportLabelsOptions {
  /** From which probability on a label is reported, 0 to 1, where its label set has no threshold for it. @defaultValue 0 */
  readonly confidence?: number | undefined;
  /**
   * Of labels so many at most, the most probable; at least 1. Of categories it is always one a unit.
   * @defaultValue 4: FFmpeg's detection side data has room for as many, and the original system counts no more
   */
  readonly mostLabels?: number | undefined;
}

/** Of each frame or window, unless an option says otherwise. */
const MOST_LABELS = 4;

export const reportLabelsSchema = z.strictObject({
  confidence: z.number().min(0).max(1).optional(),
  mostLabels: z.int().min(1).optional(),
}) satisfies z.ZodType<unknown, ReportLabelsOptions>;

/** How well one label fits. */
export interface LabelScore {
  /** Its place in label order. */
  readonly index: number;
  readonly group: string;
  readonly label: string;
  /** 0 to 1. */
  readonly probability: number;
  /** Cosine, -1 to 1; absent as in the scores. */
  readonly similarity?: number;
}

/**
 * Tells what one frame or window shows: of labels the `mostLabels` most probable, of categories the most
 * probable of each unit; none whose probability is below `confidence`, or below its own threshold where its label set
 * has one. Most probable first for labels, unit after unit for categories; equal ones in label order. `allLabels` leaves out none.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS`
 */
export function reportLabels(scores: Scores, options: ReportLabelsOptions = {}): LabelScore[] {
  // Some microseconds, a tenth of what follows for two labels and less for more.
  const { confidence = 0, mostLabels = MOST_LABELS } = parseOptions(reportLabelsSchema, options);
  const all = allLabels(scores);
  const { thresholds = [] } = scores.labelSet;
  const best = (labels: readonly LabelScore[], most: number) =>
    labels
      .filter(({ index, probability }) => probability >= (thresholds[index] ?? confidence))
      .sort((a, b) => b.probability - a.probability)
      .slice(0, most);

  if (scores.labelSet.kind === 'labels') return best(all, mostLabels);
  let first = 0;
  return scores.labelSet.groups.flatMap(({ labels }) => {
    const unit = all.slice(first, first + labels.length);
    first += labels.length;
    return best(unit, 1);
  });
}

/** Every label of the scores, in label order. */
export function allLabels({ labelSet, probabilities, similarities }: Scores): LabelScore[] {
  const places = labelSet.groups.flatMap(({ name, labels }) =>
    labels.map((label) => ({ group: name, label })),
  );
  return places.map((place, index) => ({
    ...place,
    index,
    probability: probabilities[index]!, // one number per label
    ...(similarities && { similarity: similarities[index]! }),
  }));
}
