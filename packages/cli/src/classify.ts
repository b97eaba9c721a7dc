import { createReadStream } from 'node:fs';
import type { ClipModel } from '@deepffmpeg/clip';
import { createFrameEmbedder } from '@deepffmpeg/clip';
import {
  type AtomicFile,
  type EmbeddingsFile,
  embeddingsFromJsonLines,
  MediaError,
  type PromptSet,
  through,
} from '@deepffmpeg/core';
import type { Sample } from '@deepffmpeg/ffmpeg-filters';
import { encodeLabels } from '@deepffmpeg/models';
import { chooseInputs, chooseSample, type ReadingChoice } from './choose-inputs.js';
import { chooseLabels, type LabelChoice } from './choose-labels.js';
import { type ModelChoice, openChosenModel } from './choose-model.js';
import type { CliIo } from './cli-io.js';
import { type ExitCode, exitCodeOfResults } from './exit-code.js';
import { type InputResult, newResult, toJsonDocument } from './input-result.js';
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
  // What needs no model comes first, so that a mistake is told at once.
  const sample = chooseSample(flags);
  const prompts = await chooseLabels(flags);
  const source = await chooseSource(named, flags);
  const results = new Map(source.inputs.map((input) => [input, newResult(input)]));
  const files = await openOutputFiles(flags, source.inputs.length > 1);
  try {
    await score(prompts, source, results, { sample, flags, io, scoresFile: files.scores });
    io.signal.throwIfAborted();
    const done = [...results.values()];
    if (done.every(({ error }) => error)) await files.discard();
    else await files.commit(done);
  } catch (error) {
    await files.discard();
    throw error;
  }
  const all = [...results.values()];
  const text = flags.json ? `${JSON.stringify(toJsonDocument(all), null, 2)}\n` : formatResults(all);
  await write(io.stdout, text);
  return exitCodeOfResults(all);
}

interface Scoring {
  readonly sample: Sample;
  readonly flags: ClassifyFlags;
  readonly io: CliIo;
  readonly scoresFile: AtomicFile | undefined;
}

/** Opens the model, has it read the labels, and puts every input through. */
async function score(
  prompts: PromptSet,
  { inputs, file }: ChosenSource,
  results: Map<string, InputResult>,
  { sample, flags, io, scoresFile }: Scoring,
): Promise<void> {
  const { signal } = io;
  const say = sayTo(io, flags.verbose);
  const model = await openChosenModel(flags, file ? 'text' : 'both', say.warn, signal);
  try {
    if (file) refuseOtherModel(file, model);
    const labels = await encodeLabels(model, prompts, { template: flags.clipTemplate, signal });
    say.more(`${model.id}: ${model.encodedCount} sentences encoded, all others came from the cache`);
    const settings: ScoreSettings = {
      labels,
      confidence: flags.confidence,
      temperature: flags.clipTemperature ?? flags.temperature,
      segments: { enter: flags.segmentEnter, exit: flags.segmentExit, minSeconds: flags.segmentMin },
      scoresFile,
      signal,
    };
    if (file) return await scoreEmbeddings(file.embeddings, results, settings);
    await runInputs(inputs, results, { sample, size: model.pictureSize, flags, io }, (frames) =>
      scoreEmbeddings(through(frames, createFrameEmbedder({ model, signal })), results, settings),
    );
  } finally {
    await model.close();
  }
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
