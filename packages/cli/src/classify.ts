import { createReadStream } from 'node:fs';
import type { ClipModel } from '@deepffmpeg/clip';
import { createFrameEmbedder, encodeLabels } from '@deepffmpeg/clip';
import { type EmbeddingsFile, embeddingsFromJsonLines, MediaError, through } from '@deepffmpeg/core';
import { chooseInputs, type ReadingChoice } from './choose-inputs.js';
import { chooseLabels, type LabelChoice } from './choose-labels.js';
import { type ModelChoice, openChosenModel } from './choose-model.js';
import type { CliIo } from './cli-io.js';
import { type ExitCode, exitCodeOfResults } from './exit-code.js';
import { newResult, toJsonDocument } from './input-result.js';
import { type OutputPaths, openOutputFiles } from './output-files.js';
import { formatResults } from './print-results.js';
import { runInputs } from './run-inputs.js';
import { sayTo } from './say.js';
import { type ScoreSettings, scoreEmbeddings } from './score-embeddings.js';
import { write } from './write.js';

/** The flags of `classify`, as commander gives them. */
export interface ClassifyFlags extends LabelChoice, ModelChoice, OutputPaths, ReadingChoice {
  readonly confidence: number;
  readonly temperature?: number;
  readonly clipTemperature?: number;
  readonly clipTemplate?: string;
  readonly segmentEnter?: number;
  readonly segmentExit?: number;
  readonly segmentMin?: number;
  readonly fromEmbeddings?: string;
  readonly json?: boolean;
  readonly verbose?: boolean;
}

/** Scores inputs against labels, writes the files that were asked for, and prints the results. */
export async function classify(named: readonly string[], flags: ClassifyFlags, io: CliIo): Promise<ExitCode> {
  const { stdout, signal } = io;
  const say = sayTo(io, flags.verbose);
  const prompts = await chooseLabels(flags);
  const source = await chooseSource(named, flags);
  const results = new Map(source.inputs.map((input) => [input, newResult(input)]));
  const model = await openChosenModel(flags, say.warn, signal);

  try {
    if (source.file) refuseOtherModel(source.file, model);
    const labels = await encodeLabels(model, prompts, { template: flags.clipTemplate, signal });
    say.more(`${model.id}: ${model.encodedCount} sentences encoded, the others came from the cache`);
    const files = await openOutputFiles(flags, source.inputs.length > 1);
    try {
      const settings: ScoreSettings = {
        labels,
        confidence: flags.confidence,
        temperature: flags.clipTemperature ?? flags.temperature,
        segments: { enter: flags.segmentEnter, exit: flags.segmentExit, minSeconds: flags.segmentMin },
        scoresFile: files.scores,
        signal,
      };
      if (source.file) await scoreEmbeddings(source.file.embeddings, results, settings);
      else {
        await runInputs(source.inputs, results, { size: model.pictureSize, flags, io }, (frames) =>
          scoreEmbeddings(through(frames, createFrameEmbedder({ model, signal })), results, settings),
        );
      }
      signal.throwIfAborted();
      const done = [...results.values()];
      if (done.every(({ error }) => error)) await files.discard();
      else await files.commit(done);
    } catch (error) {
      await files.discard();
      throw error;
    }
  } finally {
    await model.close();
  }

  const all = [...results.values()];
  await write(stdout, flags.json ? `${JSON.stringify(toJsonDocument(all), null, 2)}\n` : formatResults(all));
  return exitCodeOfResults(all);
}

interface ChosenSource {
  readonly inputs: readonly string[];
  /** Set when frames were embedded before. */
  readonly file?: EmbeddingsFile;
}

async function chooseSource(named: readonly string[], flags: ClassifyFlags): Promise<ChosenSource> {
  const path = flags.fromEmbeddings;
  if (path === undefined) return { inputs: await chooseInputs(named, flags) };
  if (named.length > 0 || flags.input?.length)
    throw new MediaError('ERR_INVALID_OPTIONS', 'give inputs or --from-embeddings, not both');
  const file = await embeddingsFromJsonLines(createReadStream(path)).catch((cause) => {
    throw new MediaError('ERR_INPUT', `${path} holds no embeddings: ${cause.message}`, { cause });
  });
  return { inputs: file.header.inputs ?? [], file };
}

/** Vectors of another model mean something else. */
function refuseOtherModel({ header }: EmbeddingsFile, model: ClipModel): void {
  if (header.modelId === model.id && header.weightsDigest === model.weightsDigest) return;
  throw new MediaError(
    'ERR_MISMATCH',
    `the embeddings were made by ${header.modelId}, the labels would be read by ${model.id}: name the same model`,
  );
}
