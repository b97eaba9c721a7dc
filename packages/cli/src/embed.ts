import { createFrameEmbedder } from '@deepffmpeg/clip';
import {
  EMBEDDINGS_FORMAT,
  type EmbeddingsHeader,
  formatEmbedding,
  openAtomicFile,
  through,
} from '@deepffmpeg/core';
import { chooseInputs, type ReadingChoice } from './choose-inputs.js';
import { type ModelChoice, openChosenModel } from './choose-model.js';
import type { CliIo } from './cli-io.js';
import { type ExitCode, exitCodeOfResults } from './exit-code.js';
import { type InputResult, newResult } from './input-result.js';
import { runInputs } from './run-inputs.js';
import { sayTo } from './say.js';

/** The flags of `embed`, as commander gives them. */
export interface EmbedFlags extends ModelChoice, ReadingChoice {
  readonly output: string;
  readonly verbose?: boolean;
}

/** Writes the embedding of each frame, to be scored later against any labels. */
export async function embed(named: readonly string[], flags: EmbedFlags, io: CliIo): Promise<ExitCode> {
  const { signal } = io;
  const say = sayTo(io, flags.verbose);
  const inputs = await chooseInputs(named, flags);
  const results = new Map<string, InputResult>(inputs.map((input) => [input, newResult(input)]));
  const model = await openChosenModel(flags, say.warn, signal);
  const header: EmbeddingsHeader = {
    format: EMBEDDINGS_FORMAT,
    modelId: model.id,
    weightsDigest: model.weightsDigest,
    dimension: model.dimension,
    scale: model.logitScale,
    bias: model.logitBias,
    activation: model.activation,
    preprocessing: { ...model.preprocessing },
    inputs,
  };

  try {
    const file = await openAtomicFile(flags.output);
    try {
      let count = 0;
      await file.write(`${JSON.stringify(header)}\n`);
      await runInputs(inputs, results, { size: model.pictureSize, flags, io }, async (frames) => {
        const embeddings = through(frames, createFrameEmbedder({ model, signal }));
        for await (const embedding of embeddings) {
          await file.write(formatEmbedding(embedding));
          count++;
        }
      });
      signal.throwIfAborted();
      const done = [...results.values()];
      if (done.every(({ error }) => error)) await file.discard();
      else {
        await file.commit();
        say.always(`${count} embeddings of ${model.dimension} numbers written to ${flags.output}`);
      }
      return exitCodeOfResults(done);
    } catch (error) {
      await file.discard();
      throw error;
    }
  } finally {
    await model.close();
  }
}
