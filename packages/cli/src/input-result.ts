import {
  isMediaError,
  type LabelAverage,
  type Modality,
  type ObjectCount,
  type Segment,
  streamIdOf,
  type Track,
} from '@deepffmpeg/core';

/** What came of one input. */
export interface InputResult {
  readonly input: string;
  readonly averages: LabelAverage[];
  readonly segments: Segment[];
  /** Set where a detector looked; tracks, where they were followed. */
  readonly objects?: ObjectCount[];
  readonly tracks?: Track[];
  /** How many frames were scored, and how many windows of sound. */
  frames: number;
  windows: number;
  /** Why the input could be read in part only. */
  partialReason?: string;
  /** What was asked of the input and it has not, with the reason in words. */
  readonly missing: { readonly modality: Modality; readonly reason: string }[];
  error?: Error;
}

export const newResult = (input: string, { hasObjects = false, hasTracks = false } = {}): InputResult => ({
  input,
  averages: [],
  segments: [],
  ...(hasObjects && { objects: [] }),
  ...(hasTracks && { tracks: [] }),
  frames: 0,
  windows: 0,
  missing: [],
});

/** What came of an input that fails is of an unknown part of it, so none of it is told. */
export function fail(result: InputResult, error: Error): void {
  result.error = error;
  for (const outcomes of [result.averages, result.segments, result.objects, result.tracks])
    if (outcomes) outcomes.length = 0;
}

/** The document that `--json` prints. */
export const toJsonDocument = (results: readonly InputResult[]) => ({ results: results.map(toJson) });

function toJson({ input, averages, segments, objects, tracks, frames, windows, ...end }: InputResult) {
  const { partialReason, missing, error } = end;
  return {
    input,
    averages: averages.map(({ modality, model, labelSet, group, label, probability, count }) => ({
      streamId: streamIdOf(modality),
      model,
      labelSet,
      group,
      label,
      probability,
      count,
    })),
    segments: segments.map(withoutSource),
    ...(objects && { objects: objects.map(withoutSource) }),
    ...(tracks && { tracks: tracks.map(withoutSource) }),
    frames,
    windows,
    partial: partialReason !== undefined,
    ...(partialReason !== undefined && { partialReason }),
    ...(missing.length > 0 && { missing: missing.map(({ modality }) => modality) }),
    ...(error && {
      error: { ...(isMediaError(error) && { code: error.code }), message: error.message },
    }),
  };
}

/** The input is named once. */
function withoutSource<Outcome extends Segment | ObjectCount | Track>({ type, source, ...about }: Outcome) {
  return about;
}
