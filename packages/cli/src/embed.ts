import { type ClipModel, createFrameEmbedder } from '@deepffmpeg/clip';
import {
  type AtomicFile,
  EMBEDDINGS_FORMAT,
  type EmbeddingsHeader,
  formatEmbedding,
  formatOutcome,
  openAtomicFile,
  through,
} from '@deepffmpeg/core';
import type { Sample } from '@deepffmpeg/ffmpeg-filters';
import { chooseInputs, chooseSample, type ReadingChoice } from './choose-inputs.js';
import { type ModelChoice, openChosenModel } from './choose-model.js';
import type { CliIo } from './cli-io.js';
import { type ExitCode, exitCodeOfResults } from './exit-code.js';
import { type InputResult, newResult } from './input-result.js';
import { outcomeOf } from './outcomes.js';
import { inputFiles, refuseOverwriting } from './refuse-overwriting.js';
import { runInputs } from './run-inputs.js';
import { sayTo } from './say.js';

/** The flags of `embed`, as commander gives them. */
export interface EmbedFlags extends ModelChoice, ReadingChoice {
  readonly output: string;
  readonly verbose?: boolean;
}

/** Writes the embedding of each frame, to be scored later against any labels. */
export async function embed(named: readonly string[], flags: EmbedFlags, io: CliIo): Promise<ExitCode> {
  const sample = chooseSample(flags);
  const inputs = await chooseInputs(named, flags);
  const results = new Map(inputs.map((input) => [input, newResult(input)]));
  await refuseOverwriting([{ flag: '--output', path: flags.output }], inputFiles(inputs));
  const file = await openAtomicFile(flags.output);
  try {
    const count = await embedInputs(inputs, results, { sample, flags, io, file });
    io.signal.throwIfAborted();
    if ([...results.values()].every(({ error }) => error)) {
      await file.discard();
    } else {
      await writeOutcomes(file, results.values());
      await file.commit();
      sayTo(io).always(`${count} ${count === 1 ? 'embedding' : 'embeddings'} for ${flags.output}`);
    }
  } catch (error) {
    await file.discard();
    throw error;
  }
  return exitCodeOfResults([...results.values()]);
}

interface Embedding {
  readonly sample: Sample;
  readonly flags: EmbedFlags;
  readonly io: CliIo;
  readonly file: AtomicFile;
}

/** After all embeddings, so that each is written as it comes. */
async function writeOutcomes(file: AtomicFile, results: Iterable<InputResult>): Promise<void> {
  for (const result of results) {
    const outcome = outcomeOf(result);
    if (outcome) await file.write(formatOutcome(outcome));
  }
}

/** Returns how many embeddings were written. */
async function embedInputs(
  inputs: readonly string[],
  results: Map<string, InputResult>,
  { sample, flags, io, file }: Embedding,
): Promise<number> {
  const { signal } = io;
  const say = sayTo(io, flags.verbose);
  const model = await openChosenModel(flags, 'image', say.warn, signal);
  try {
    let count = 0;
    await file.write(`${JSON.stringify(headerOf(model, inputs))}\n`);
    await runInputs(inputs, results, { sample, size: model.pictureSize, flags, io }, async (frames) => {
      for await (const embedding of through(frames, createFrameEmbedder({ model, signal }))) {
        await file.write(formatEmbedding(embedding));
        count++;
      }
    });
    return count;
  } finally {
    await model.close();
  }
}

function headerOf(model: ClipModel, inputs: readonly string[]): EmbeddingsHeader {
  const { id, weightsDigest, dimension, logitScale, logitBias, activation, preprocessing } = model;
  return {
    format: EMBEDDINGS_FORMAT,
    modelId: id,
    weightsDigest,
    dimension,
    scale: logitScale,
    bias: logitBias,
    activation,
    preprocessing: { ...preprocessing },
    inputs,
  };
}
