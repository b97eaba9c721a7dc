import {
  type AtomicFile,
  EMBEDDINGS_FORMAT,
  type EmbeddingsHeader,
  type EmbeddingsModel,
  formatEmbedding,
  formatOutcome,
  MediaError,
  type Modality,
  openAtomicFile,
} from '@deepffmpeg/core';
import { type Sample, shownName } from '@deepffmpeg/ffmpeg-filters';
import { chooseInputs, chooseSample, type ReadingChoice } from './choose-inputs.js';
import type { CliIo } from './cli-io.js';
import { embedMedia, refuseLongWindow, type WindowChoice } from './embed-media.js';
import { type ExitCode, exitCodeOfResults } from './exit-code.js';
import { filesReadBy } from './files-read-by.js';
import { type InputResult, newResult } from './input-result.js';
import { configuredModalities } from './models-config.js';
import { decodePlanOf, type ModelChoice, type OpenedModels, openModels } from './open-models.js';
import { outcomeOf } from './outcomes.js';
import { refuseUnembedded } from './refuse-idle-flags.js';
import { inputFiles, refuseOverwriting } from './refuse-overwriting.js';
import { requireFolder } from './require-folder.js';
import { runInputs } from './run-inputs.js';
import { sampleShots } from './sample-shots.js';
import { sayTo } from './say.js';

/** The flags of `embed`, as commander gives them. */
export interface EmbedFlags extends ModelChoice, ReadingChoice, WindowChoice {
  readonly output: string;
  /** Which of the models that a set has. */
  readonly only?: Modality;
  readonly verbose?: boolean;
}

/** Writes the embedding of each frame and window of sound, to be scored later against any labels. */
export async function embed(named: readonly string[], flags: EmbedFlags, io: CliIo): Promise<ExitCode> {
  const sample = chooseSample(flags, '1/s');
  const modalities = await chooseModalities(flags);
  refuseUnembedded(modalities, flags);
  const inputs = await chooseInputs(named, flags, modalities);
  const results = new Map(inputs.map(shownName).map((name) => [name, newResult(name)]));
  await refuseOverwriting(
    [{ flag: '--output', path: flags.output }],
    [...inputFiles(inputs), ...filesReadBy(flags)],
  );
  await requireFolder({ flag: '--output', path: flags.output });
  const file = await openAtomicFile(flags.output, { signal: io.signal });
  try {
    const count = await embedInputs(inputs, results, { sample, modalities, flags, io, file });
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

/** What the named models can embed. @throws {MediaError} `ERR_INVALID_OPTIONS`, `ERR_MODEL_CONFIG` */
async function chooseModalities({
  clipModel,
  clapModel,
  models,
  modelsConfig,
  only,
}: EmbedFlags): Promise<Modality[]> {
  if (only !== undefined && models === undefined && modelsConfig === undefined)
    throw new MediaError('ERR_INVALID_OPTIONS', '--only requires --models or --models-config');
  if (only !== undefined) return [only];
  if (models !== undefined) return ['vision', 'audio'];
  const configured = modelsConfig === undefined ? [] : await configuredModalities(modelsConfig);
  const named = { vision: clipModel, audio: clapModel };
  const chosen = (['vision', 'audio'] as const).filter(
    (modality) => named[modality] !== undefined || configured.includes(modality),
  );
  if (chosen.length > 0) return chosen;
  if (modelsConfig !== undefined) return ['vision', 'audio']; // opening them tells what the file lacks
  throw new MediaError(
    'ERR_INVALID_OPTIONS',
    'say which model: --models balanced (recommended, from the hub) or another set, --clip-model or --clap-model FOLDER or NAME, --models-config FILE, or --models tiny (included)',
  );
}

interface Embedding {
  readonly sample: Sample | 'shots';
  readonly modalities: readonly Modality[];
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
  { sample, modalities, flags, io, file }: Embedding,
): Promise<number> {
  const { signal } = io;
  const say = sayTo(io, flags.verbose);
  const models = await openModels(flags, { modalities, towers: 'media', onWarning: say.warn, io });
  try {
    refuseLongWindow(models, flags);
    let count = 0;
    await file.write(`${JSON.stringify(headerOf(models, inputs.map(shownName)))}\n`);
    const plan = decodePlanOf(models, sample);
    await runInputs(inputs, results, { plan, flags, io }, async (media, input) => {
      const seen = sample === 'shots' ? await sampleShots(input, media, signal) : media;
      for await (const chunk of await embedMedia(seen, models, flags, signal)) {
        if (chunk.type !== 'embedding') continue;
        await file.write(formatEmbedding(chunk));
        count++;
      }
    });
    return count;
  } finally {
    await models.close();
  }
}

function headerOf({ vision, audio }: OpenedModels, inputs: readonly string[]): EmbeddingsHeader {
  const models = [
    ...(vision ? [describeModel('vision', vision)] : []),
    ...(audio ? [describeModel('audio', audio)] : []),
  ];
  return { format: EMBEDDINGS_FORMAT, models, inputs };
}

function describeModel(
  modality: Modality,
  model: NonNullable<OpenedModels['vision'] | OpenedModels['audio']>,
): EmbeddingsModel {
  const { id, weightsDigest, dimension, logitScale, logitBias, activation, preprocessing } = model;
  const scale = { logitScale, logitBias, activation };
  return { modality, model: id, weightsDigest, dimension, ...scale, preprocessing };
}
