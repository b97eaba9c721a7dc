import {
  type AtomicFile,
  type AudioSamples,
  type AudioWindow,
  createAverager,
  createScorer,
  createSegmenter,
  createStage,
  type Embedding,
  type EncodedLabelSet,
  formatScores,
  parallel,
  type Scores,
  type SegmenterOptions,
  type Stage,
  through,
  type VideoFrame,
} from '@deepffmpeg/core';
import { type InputResult, newResult } from './input-result.js';

export interface ScoreSettings {
  readonly labelSets: readonly EncodedLabelSet[];
  readonly confidence: number;
  readonly segments: Pick<SegmenterOptions, 'enter' | 'exit' | 'minSeconds'>;
  /** Takes a line for each frame and window. */
  readonly scoresFile?: AtomicFile;
  readonly signal: AbortSignal;
}

/** Scores embeddings of any number of inputs and adds what comes out to the results, one for each input. */
export async function scoreEmbeddings(
  embeddings: AsyncIterable<VideoFrame | AudioSamples | AudioWindow | Embedding>,
  results: Map<string, InputResult>,
  { labelSets, confidence, segments, scoresFile, signal }: ScoreSettings,
): Promise<void> {
  const resultOf = (input: string) => {
    const result = results.get(input) ?? newResult(input);
    results.set(input, result);
    return result;
  };
  const count = ({ source, modality }: Scores) => {
    if (modality === 'vision') resultOf(source).frames++;
    else resultOf(source).windows++;
  };
  const outcomes = through(
    embeddings,
    createScorer({ labelSets, signal }),
    parallel(
      createAverager({ confidence, signal }),
      createSegmenter({ ...segments, signal }),
      createKeeper(count, scoresFile, signal),
    ),
  );
  for await (const outcome of outcomes) {
    if (outcome.type === 'segment') resultOf(outcome.source).segments.push(outcome);
    if (outcome.type === 'label-average') resultOf(outcome.source).averages.push(outcome);
  }
}

/** Counts the scores and writes them down; emits nothing. */
function createKeeper(
  count: (scores: Scores) => void,
  file: AtomicFile | undefined,
  signal: AbortSignal,
): Stage<Scores, never> {
  return createStage(
    {
      accepts: ['scores'],
      async transform(scores): Promise<never[]> {
        count(scores);
        await file?.write(formatScores(scores));
        return [];
      },
    },
    { signal },
  );
}
