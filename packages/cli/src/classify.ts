import { createFrameEmbedder } from '@deepffmpeg/clip';
import { type AtomicFile, type EmbeddingsFile, MediaError, type PromptSet, through } from '@deepffmpeg/core';
import type { Sample } from '@deepffmpeg/ffmpeg-filters';
import { encodeLabels } from '@deepffmpeg/models';
import { chooseInputs, chooseSample, type ReadingChoice } from './choose-inputs.js';
import { chooseLabels, type LabelChoice } from './choose-labels.js';
import { type ModelChoice, openChosenModel } from './choose-model.js';
import type { CliIo } from './cli-io.js';
import { type ExitCode, exitCodeOfResults } from './exit-code.js';
import { type InputResult, newResult, toJsonDocument } from './input-result.js';
import { embeddingsFor, openEmbeddings } from './open-embeddings.js';
import { describeOutcome, restoreOutcome } from './outcomes.js';
import { type OutputPaths, openOutputFiles } from './output-files.js';
import { formatResults } from './print-results.js';
import { inputFiles, type NamedFile, refuseOverwriting } from './refuse-overwriting.js';
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
  const prompts = await chooseLabels(flags, io.signal);
  const source = await chooseSource(named, flags, io.signal);
  await refuseOverwriting(outputsOf(flags), [...inputFiles(source.inputs), ...readBy(flags)]);
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
  const model = await openChosenModel(withScaleOf(file, flags), file ? 'text' : 'both', say.warn, signal);
  try {
    const embeddings = file && embeddingsFor(model, file);
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
    if (file && embeddings) {
      await scoreEmbeddings(embeddings, results, settings);
      restoreOutcomes(file, results, io);
      return;
    }
    await runInputs(inputs, results, { sample, size: model.pictureSize, flags, io }, (frames) =>
      scoreEmbeddings(through(frames, createFrameEmbedder({ model, signal })), results, settings),
    );
  } finally {
    await model.close();
  }
}

/** An input that failed or broke off when it was embedded is no better now. */
function restoreOutcomes(
  { outcomes }: EmbeddingsFile,
  results: Map<string, InputResult>,
  { stderr }: CliIo,
): void {
  for (const outcome of outcomes) {
    const result = results.get(outcome.input) ?? newResult(outcome.input);
    results.set(outcome.input, result);
    restoreOutcome(result, outcome);
    for (const line of describeOutcome(result)) stderr.write(line);
  }
}

interface ChosenSource {
  readonly inputs: readonly string[];
  /** Set when frames were embedded before. */
  readonly file?: EmbeddingsFile;
}

async function chooseSource(
  named: readonly string[],
  flags: ClassifyFlags,
  signal: AbortSignal,
): Promise<ChosenSource> {
  const path = flags.fromEmbeddings;
  if (path === undefined) return { inputs: await chooseInputs(named, flags) };
  if (named.length > 0 || flags.input?.length)
    throw new MediaError('ERR_INVALID_OPTIONS', 'give inputs or --from-embeddings, not both');
  const file = await openEmbeddings(path, signal);
  return { inputs: file.header.inputs, file };
}

/** Scale and bias of embeddings are those that they were made with, unless a flag says otherwise. */
function withScaleOf(file: EmbeddingsFile | undefined, flags: ClassifyFlags): ClassifyFlags {
  if (!file) return flags;
  const { scale, bias } = file.header;
  return {
    ...flags,
    clipLogitScale: flags.clipLogitScale ?? flags.logitScale ?? scale,
    clipLogitBias: flags.clipLogitBias ?? bias,
  };
}

const outputsOf = ({ outputStats, outputScores, outputSegments }: ClassifyFlags): NamedFile[] => [
  { flag: '--output-stats', path: outputStats },
  { flag: '--output-scores', path: outputScores },
  { flag: '--output-segments', path: outputSegments },
];

/** Labels that are a list, not a file, are the path of nothing. */
const readBy = ({ clipLabels, clipCategories, fromEmbeddings }: ClassifyFlags): NamedFile[] => [
  { flag: '--clip-labels', path: clipLabels },
  { flag: '--clip-categories', path: clipCategories },
  { flag: '--from-embeddings', path: fromEmbeddings },
];
