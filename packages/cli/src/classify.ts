import {
  type AtomicFile,
  type EmbeddingsFile,
  type EncodedLabelSet,
  MediaError,
  type Modality,
} from '@deepffmpeg/core';
import type { Sample } from '@deepffmpeg/ffmpeg-filters';
import { encodeLabels } from '@deepffmpeg/models';
import { chooseInputs, chooseSample, type ReadingChoice } from './choose-inputs.js';
import { type ChosenLabels, chooseLabels, type LabelChoice } from './choose-labels.js';
import type { CliIo } from './cli-io.js';
import { embedMedia, refuseLongWindow, type WindowChoice } from './embed-media.js';
import { type ExitCode, exitCodeOfResults } from './exit-code.js';
import { findAlike } from './find-alike.js';
import { type InputResult, newResult, toJsonDocument } from './input-result.js';
import { isFolder } from './list-inputs.js';
import { embeddingsFor, openEmbeddings } from './open-embeddings.js';
import { type ModelChoice, type OpenedModels, openModels } from './open-models.js';
import { describeOutcome, restoreOutcome } from './outcomes.js';
import { type OutputPaths, type OutputTargets, openOutputFiles } from './output-files.js';
import { formatResults } from './print-results.js';
import { refuseIdleFlags } from './refuse-idle-flags.js';
import { inputFiles, type NamedFile, refuseOverwriting } from './refuse-overwriting.js';
import { runInputs } from './run-inputs.js';
import { sayTo } from './say.js';
import { type ScoreSettings, scoreEmbeddings } from './score-embeddings.js';
import { write } from './write.js';

/** The flags of `classify`, as commander gives them. */
export interface ClassifyFlags extends LabelChoice, ModelChoice, OutputPaths, ReadingChoice, WindowChoice {
  readonly confidence: number;
  readonly temperature?: number;
  readonly clipTemperature?: number;
  readonly clipTemplate?: string;
  readonly clapTemperature?: number;
  readonly clapTemplate?: string;
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
  const labels = await chooseLabels(flags, io.signal);
  refuseIdleFlags(labels, flags);
  refuseSwappedThresholds(flags);
  const source = await chooseSource(named, flags, modalitiesOf(labels), io.signal);
  await refuseOverwriting(outputsOf(flags), [...inputFiles(source.inputs), ...readBy(flags)]);
  const results = new Map(source.inputs.map((input) => [input, newResult(input)]));
  const files = await openOutputFiles(flags, await targetsOf(named, source, flags));
  try {
    await score(labels, source, results, { sample, flags, io, scoresFile: files.scores });
    io.signal.throwIfAborted();
    const done = [...results.values()];
    if (done.every(({ error }) => error)) await files.discard();
    else await files.commit(done);
  } catch (error) {
    await files.discard();
    throw error;
  }
  const all = [...results.values()];
  const text = flags.json
    ? `${JSON.stringify(toJsonDocument(all), null, 2)}\n`
    : formatResults(all, modalitiesOf(labels));
  await write(io.stdout, text);
  return exitCodeOfResults(all);
}

/** @throws {MediaError} `ERR_INVALID_OPTIONS` in the words of the flags. */
function refuseSwappedThresholds({ segmentEnter = 0.5, segmentExit = 0 }: ClassifyFlags): void {
  if (segmentExit > segmentEnter)
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      `--segment-exit ${segmentExit}: expected at most --segment-enter, which is ${segmentEnter}`,
    );
}

/** A folder stays a folder with one medium in it, so that scripts need not count. */
async function targetsOf(
  named: readonly string[],
  { inputs, file }: ChosenSource,
  { input = [], outputStats }: ClassifyFlags,
): Promise<OutputTargets> {
  const isMany = inputs.length > 1;
  const wasFolder = file === undefined && inputs.some((each) => ![...named, ...input].includes(each));
  const isThere = outputStats !== undefined && (await isFolder(outputStats));
  return { isMany, isStatsFolder: isMany || wasFolder || isThere };
}

interface Scoring {
  readonly sample: Sample;
  readonly flags: ClassifyFlags;
  readonly io: CliIo;
  readonly scoresFile: AtomicFile | undefined;
}

/** Opens the models, has them read the labels, and puts every input through. */
async function score(
  labels: ChosenLabels,
  { inputs, file }: ChosenSource,
  results: Map<string, InputResult>,
  { sample, flags, io, scoresFile }: Scoring,
): Promise<void> {
  const { signal } = io;
  const say = sayTo(io, flags.verbose);
  const modalities = modalitiesOf(labels);
  const towers = file ? 'text' : 'both';
  const choice = withScalesOf(file, flags);
  const models = await openModels(choice, { modalities, towers, onWarning: say.warn, signal });
  try {
    refuseLongWindow(models, flags);
    const embeddings = file && embeddingsFor(models, file);
    const labelSets = await encodeAll(models, labels, flags, signal);
    for (const model of [models.vision, models.audio])
      if (model)
        say.more(`${model.id}: ${model.encodedCount} sentences encoded, all others came from the cache`);
    for (const alike of labelSets.flatMap(findAlike)) say.always(`warning: ${alike}`);
    const settings: ScoreSettings = {
      labelSets,
      confidence: flags.confidence,
      segments: { enter: flags.segmentEnter, exit: flags.segmentExit, minSeconds: flags.segmentMin },
      scoresFile,
      signal,
    };
    if (file && embeddings) {
      await scoreEmbeddings(embeddings, results, settings);
      restoreOutcomes(file, results, modalities, io);
      if (!labels.vision) failSilent(results, io);
      return;
    }
    await runInputs(inputs, results, { sample, models, flags, io }, async (media) =>
      scoreEmbeddings(await embedMedia(media, models, flags, signal), results, settings),
    );
  } finally {
    await models.close();
  }
}

const modalitiesOf = (labels: ChosenLabels): Modality[] =>
  (['vision', 'audio'] as const).filter((modality) => labels[modality]);

/** Has each model read its labels; the temperature for one of them alone wins over the common one. */
async function encodeAll(
  { vision, audio }: OpenedModels,
  labels: ChosenLabels,
  flags: ClassifyFlags,
  signal: AbortSignal,
): Promise<EncodedLabelSet[]> {
  const { temperature, clipTemperature = temperature, clapTemperature = temperature } = flags;
  const sets: EncodedLabelSet[] = [];
  if (vision && labels.vision) {
    const encoded = await encodeLabels(vision, labels.vision, { template: flags.clipTemplate, signal });
    sets.push({ ...encoded, temperature: clipTemperature });
  }
  if (audio && labels.audio) {
    const encoded = await encodeLabels(audio, labels.audio, { template: flags.clapTemplate, signal });
    sets.push({ ...encoded, temperature: clapTemperature });
  }
  return sets;
}

/** An input that failed or broke off when it was embedded is no better now. */
function restoreOutcomes(
  { outcomes }: EmbeddingsFile,
  results: Map<string, InputResult>,
  modalities: readonly Modality[],
  { stderr }: CliIo,
): void {
  for (const outcome of outcomes) {
    const result = results.get(outcome.input) ?? newResult(outcome.input);
    results.set(outcome.input, result);
    restoreOutcome(result, outcome, modalities);
    for (const line of describeOutcome(result)) stderr.write(line);
  }
}

/** A picture has no sound; asked for that alone it fails, as it does when it is scored directly. */
function failSilent(results: Map<string, InputResult>, { stderr }: CliIo): void {
  for (const result of results.values()) {
    if (result.error || result.windows > 0 || result.partialReason !== undefined) continue;
    result.error = new MediaError('ERR_INPUT', `${result.input} has no embeddings of sound in the file`);
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
  modalities: readonly Modality[],
  signal: AbortSignal,
): Promise<ChosenSource> {
  const path = flags.fromEmbeddings;
  if (path === undefined) return { inputs: await chooseInputs(named, flags, modalities) };
  if (named.length > 0 || flags.input?.length)
    throw new MediaError('ERR_INVALID_OPTIONS', 'give inputs or --from-embeddings, not both');
  const file = await openEmbeddings(path, signal);
  return { inputs: file.header.inputs, file };
}

/** Scale and bias of embeddings are those that they were made with, unless a flag says otherwise. */
function withScalesOf(file: EmbeddingsFile | undefined, flags: ClassifyFlags): ClassifyFlags {
  const made = (modality: Modality) => file?.header.models.find((each) => each.modality === modality);
  const [seen, heard] = [made('vision'), made('audio')];
  return {
    ...flags,
    clipLogitScale: flags.clipLogitScale ?? flags.logitScale ?? seen?.scale,
    clipLogitBias: flags.clipLogitBias ?? seen?.bias,
    clapLogitScale: flags.clapLogitScale ?? flags.logitScale ?? heard?.scale,
    clapLogitBias: flags.clapLogitBias ?? heard?.bias,
  };
}

const outputsOf = ({ outputStats, outputScores, outputSegments }: ClassifyFlags): NamedFile[] => [
  { flag: '--output-stats', path: outputStats },
  { flag: '--output-scores', path: outputScores },
  { flag: '--output-segments', path: outputSegments },
];

/** Labels that are a list, not a file, are the path of nothing. */
const readBy = ({ fromEmbeddings, ...flags }: ClassifyFlags): NamedFile[] => [
  { flag: '--clip-labels', path: flags.clipLabels },
  { flag: '--clip-categories', path: flags.clipCategories },
  { flag: '--clap-labels', path: flags.clapLabels },
  { flag: '--clap-categories', path: flags.clapCategories },
  { flag: '--from-embeddings', path: fromEmbeddings },
];
