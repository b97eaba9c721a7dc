import {
  type AtomicFile,
  type AudioSamples,
  type AudioWindow,
  type ChunkOf,
  createAverager,
  createSegmenter,
  createStage,
  type Detections,
  type Embedding,
  formatScores,
  parallel,
  type ReportLabelsOptions,
  type Scores,
  type SegmenterOptions,
  type Stage,
  through,
  type VideoFrame,
} from '@deepffmpeg/core';
import { createObjectCounter, createOverlay, type OverlayStyle } from '@deepffmpeg/detect';
import { type InputResult, newResult } from './input-result.js';

/** What may be left of media when all was scored. */
export type ScoredChunk = VideoFrame | AudioSamples | AudioWindow | Embedding | Detections | Scores;

export interface OutcomeSettings {
  /** Which labels are reported, and so count in averages. */
  readonly reported: ReportLabelsOptions;
  readonly segments: Pick<SegmenterOptions, 'enter' | 'exit' | 'minSeconds' | 'lostSeconds'>;
  /** Takes a line for each frame, object and window. */
  readonly scoresFile: AtomicFile | undefined;
  /** Takes the objects of each frame. */
  readonly writeDetections?: (detections: Detections) => Promise<void>;
  /** Takes each frame with its objects drawn on it. */
  readonly drawing?: {
    readonly style: OverlayStyle;
    show(frames: AsyncGenerator<VideoFrame, void, undefined>): Promise<void>;
  };
  readonly signal: AbortSignal;
}

/** Puts what comes of scores and objects, of any number of inputs, into the results, one for each input. */
export async function collectOutcomes(
  scored: AsyncIterable<ScoredChunk>,
  results: Map<string, InputResult>,
  { reported, segments, scoresFile, writeDetections, drawing, signal }: OutcomeSettings,
): Promise<void> {
  const resultOf = (input: string) => {
    const result = results.get(input) ?? newResult(input);
    results.set(input, result);
    return result;
  };
  const keepScores = async (scores: Scores) => {
    const { source, modality, region } = scores;
    if (modality === 'audio') resultOf(source).windows++;
    else if (!region) resultOf(source).frames++;
    await scoresFile?.write(formatScores(scores));
  };
  const keepDetections = async (detections: Detections) => {
    resultOf(detections.source).frames++;
    await writeDetections?.(detections);
  };
  const outcomes = through(
    scored,
    parallel(
      createAverager({ ...reported, signal }),
      createSegmenter({ ...segments, signal }),
      createObjectCounter({ signal }),
      createKeeper('scores', keepScores, signal),
      createKeeper('detections', keepDetections, signal),
      ...(drawing ? [createOverlay({ ...drawing.style, signal })] : []),
    ),
  );
  async function* keepOutcomes(): AsyncGenerator<VideoFrame, void, undefined> {
    for await (const outcome of outcomes) {
      if (outcome.type === 'video-frame' && outcome.tap === 'overlay') yield outcome;
      if (outcome.type === 'segment') resultOf(outcome.source).segments.push(outcome);
      if (outcome.type === 'label-average') resultOf(outcome.source).averages.push(outcome);
      if (outcome.type === 'object-count') resultOf(outcome.source).objects?.push(outcome);
      if (outcome.type === 'track') resultOf(outcome.source).tracks?.push(outcome);
    }
  }
  const drawn = keepOutcomes();
  try {
    await drawing?.show(drawn);
    for await (const _ of drawn); // whatever is not shown is only counted
  } finally {
    await drawn.return();
  }
}

/** Hands chunks to `keep`; emits nothing. */
function createKeeper<Kind extends 'scores' | 'detections'>(
  kind: Kind,
  keep: (chunk: ChunkOf<Kind>) => Promise<void>,
  signal: AbortSignal,
): Stage<ChunkOf<Kind>, never> {
  return createStage(
    {
      accepts: [kind],
      async transform(chunk: ChunkOf<Kind>): Promise<never[]> {
        await keep(chunk);
        return [];
      },
    },
    { signal },
  );
}
