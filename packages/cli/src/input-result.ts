import { isMediaError, type LabelAverage, type Modality, type Segment, streamIdOf } from '@deepffmpeg/core';

/** What came of one input. */
export interface InputResult {
  readonly input: string;
  readonly averages: LabelAverage[];
  readonly segments: Segment[];
  /** How many frames were scored, and how many windows of sound. */
  frames: number;
  windows: number;
  /** Why the input could be read in part only. */
  partialReason?: string;
  /** What was asked of the input and it has not, with the reason in words. */
  readonly missing: { readonly modality: Modality; readonly reason: string }[];
  error?: Error;
}

export const newResult = (input: string): InputResult => ({
  input,
  averages: [],
  segments: [],
  frames: 0,
  windows: 0,
  missing: [],
});

/** The document that `--json` prints. */
export function toJsonDocument(results: readonly InputResult[]) {
  return {
    results: results.map(({ input, averages, segments, frames, windows, partialReason, missing, error }) => ({
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
      windows,
      partial: partialReason !== undefined,
      ...(partialReason !== undefined && { partialReason }),
      ...(missing.length > 0 && { missing: missing.map(({ modality }) => modality) }),
      ...(error && {
        error: { ...(isMediaError(error) && { code: error.code }), message: error.message },
      }),
    })),
  };
}
