import {
  type AtomicFile,
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
} from '@deepffmpeg/core';
import { type InputResult, newResult } from './input-result.js';

export interface ScoreSettings {
  readonly labels: EncodedLabelSet;
  readonly confidence: number;
  readonly temperature?: number;
  readonly segments: Pick<SegmenterOptions, 'enter' | 'exit' | 'minSeconds'>;
  /** Takes a line for each frame. */
  readonly scoresFile?: AtomicFile;
  readonly signal: AbortSignal;
}

/** Scores embeddings of any number of inputs and adds what comes out to the results, one for each input. */
export async function scoreEmbeddings(
  embeddings: AsyncIterable<Embedding>,
  results: Map<string, InputResult>,
  { labels, confidence, temperature, segments, scoresFile, signal }: ScoreSettings,
): Promise<void> {
  const resultOf = (input: string) => {
    const result = results.get(input) ?? newResult(input);
    results.set(input, result);
    return result;
  };
  const count = (scores: Scores) => resultOf(scores.source).frames++;
  const outcomes = through(
    embeddings,
    createScorer({ labelSets: [labels], temperature, signal }),
    parallel(
      createAverager({ confidence, signal }),
      createSegmenter({ ...segments, signal }),
      createKeeper(count, scoresFile, signal),
    ),
  );
  for await (const outcome of outcomes) {
    const result = resultOf(outcome.source);
    if (outcome.type === 'segment') result.segments.push(outcome);
    else result.averages.push(outcome);
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
