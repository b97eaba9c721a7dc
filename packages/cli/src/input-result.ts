import { isMediaError, type LabelAverage, type Segment, streamIdOf } from '@deepffmpeg/core';

/** What came of one input. */
export interface InputResult {
  readonly input: string;
  readonly averages: LabelAverage[];
  readonly segments: Segment[];
  /** How many frames were scored. */
  frames: number;
  /** Why the input could be read in part only. */
  partialReason?: string;
  error?: Error;
}

export const newResult = (input: string): InputResult => ({ input, averages: [], segments: [], frames: 0 });

/** The document that `--json` prints. */
export function toJsonDocument(results: readonly InputResult[]) {
  return {
    results: results.map(({ input, averages, segments, frames, partialReason, error }) => ({
      input,
      averages: averages.map(({ modality, model, labelSet, group, label, averageProbability, count }) => ({
        streamId: streamIdOf(modality),
        model,
        labelSet,
        group,
        label,
        averageProbability,
        count,
      })),
      segments: segments.map(({ type, source, ...about }) => about),
      frames,
      partial: partialReason !== undefined,
      ...(partialReason !== undefined && { partialReason }),
      ...(error && {
        error: { ...(isMediaError(error) && { code: error.code }), message: error.message },
      }),
    })),
  };
}
