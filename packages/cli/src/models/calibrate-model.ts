import { checkBackground } from '@deepffmpeg/clip';
import {
  type AtomicFile,
  CALIBRATION_FORMAT,
  type Calibration,
  type CalibrationExample,
  type EncodedLabelSet,
  fitCalibration,
  formatCalibration,
  labelLogits,
  labelSetDigest,
  labelSetOf,
  MediaError,
  type Modality,
  openAtomicFile,
  type PromptSet,
} from '@deepffmpeg/core';
import { chooseSample, type ReadingChoice } from '../choose-inputs.js';
import { type ChosenLabels, type LabelChoice, readLabels } from '../choose-labels.js';
import type { CliIo } from '../cli-io.js';
import { embedMedia, refuseLongWindow, type WindowChoice } from '../embed-media.js';
import { type EncodingChoice, encodeAllLabels } from '../encode-all-labels.js';
import { type ExitCode, exitCodeOfResults } from '../exit-code.js';
import { filesReadBy } from '../files-read-by.js';
import { type InputResult, newResult } from '../input-result.js';
import { decodePlanOf, type ModelChoice, type OpenedModels, openModels } from '../open-models.js';
import { refuseIdleFlags } from '../refuse-idle-flags.js';
import { inputFiles, refuseOverwriting } from '../refuse-overwriting.js';
import { requireFolder } from '../require-folder.js';
import { runInputs } from '../run-inputs.js';
import { sampleShots } from '../sample-shots.js';
import { sayTo } from '../say.js';
import { write } from '../write.js';
import { formatCalibrationReport } from './format-calibration-report.js';
import { labelsOfFolder, listExamples } from './list-examples.js';

/** The flags of `models calibrate`, as commander gives them. */
export interface CalibrateFlags
  extends ModelChoice,
    Pick<EncodingChoice, 'clipTemplate' | 'clapTemplate'>,
    LabelChoice,
    Pick<ReadingChoice, 'sample' | 'background'>,
    WindowChoice {
  readonly only?: Modality;
  readonly output: string;
  readonly precision?: number;
  readonly json?: boolean;
  readonly verbose?: boolean;
}

/** Fits a model's probabilities of a label set to examples, writes what was found, and tells how good they are before and after. */
export async function calibrateModel(folder: string, flags: CalibrateFlags, io: CliIo): Promise<ExitCode> {
  const { signal, stdout } = io;
  const sample = chooseSample(flags, '1/s');
  const given = await readLabels(flags, signal);
  const modality = chooseModality(given, flags);
  const prompts = given[modality] ?? (await labelsOfFolder(folder));
  const labels: ChosenLabels = { [modality]: prompts };
  refuseIdleFlags(labels, flags);
  if (flags.background !== undefined) await checkBackground(flags.background);
  const examples = await listExamples(folder, labelSetOf(prompts), modality);
  const inputs = [...examples.keys()];
  await refuseOverwriting(
    [{ flag: '--output', path: flags.output }],
    [...inputFiles(inputs), ...filesReadBy(flags)],
  );
  await requireFolder({ flag: '--output', path: flags.output });
  const results = new Map(inputs.map((input) => [input, newResult(input)]));
  const file = await openAtomicFile(flags.output, { signal: io.signal });
  try {
    const job = { modality, labels, prompts, sample, flags, io };
    const calibration = await calibrate(examples, results, job);
    signal.throwIfAborted();
    await commit(file, calibration);
    const text = flags.json
      ? formatCalibration(calibration)
      : formatCalibrationReport(calibration, flags.output);
    await write(stdout, text);
  } catch (error) {
    await file.discard();
    throw error;
  }
  return exitCodeOfResults([...results.values()]);
}

async function commit(file: AtomicFile, calibration: Calibration): Promise<void> {
  await file.write(formatCalibration(calibration));
  await file.commit();
}

/** What is to be seen or heard. @throws {MediaError} `ERR_INVALID_OPTIONS` when that is not one of both */
function chooseModality(
  { vision, audio }: ChosenLabels,
  { only, clipModel, clapModel }: CalibrateFlags,
): Modality {
  const wanted = new Set<Modality>([
    ...(vision || clipModel !== undefined ? ['vision' as const] : []),
    ...(audio || clapModel !== undefined ? ['audio' as const] : []),
    ...(only ? [only] : []),
  ]);
  const [modality] = wanted;
  if (modality && wanted.size === 1) return modality;
  throw new MediaError(
    'ERR_INVALID_OPTIONS',
    modality
      ? 'a calibration is for images or for audio: give the flags of one of them, then those of the other in a second run'
      : 'say which model to calibrate: --clip-model or --clip-labels (or --only vision), --clap-model or --clap-labels (or --only audio)',
  );
}

interface Job {
  readonly modality: Modality;
  readonly labels: ChosenLabels;
  readonly prompts: PromptSet;
  readonly sample: ReturnType<typeof chooseSample>;
  readonly flags: CalibrateFlags;
  readonly io: CliIo;
}

/** Has the model look at, or listen to, all examples, and fits to what it makes of them. */
async function calibrate(
  examples: ReadonlyMap<string, number>,
  results: Map<string, InputResult>,
  job: Job,
): Promise<Calibration> {
  const { modality, labels, prompts, flags, io } = job;
  const say = sayTo(io, flags.verbose);
  const models = await openModels(flags, {
    modalities: [modality],
    towers: 'both',
    onWarning: say.warn,
    io,
  });
  try {
    refuseLongWindow(models, flags);
    const [encoded] = await encodeAllLabels(models, labels, flags, say, io.signal);
    const model = models[modality];
    if (!encoded || !model) throw new MediaError('ERR_INVALID_OPTIONS', 'there is no model to calibrate');
    const seen = await observe(examples, results, models, encoded, job);
    const fit = fitCalibration(seen, encoded, { precision: flags.precision });
    const template =
      (modality === 'vision' ? flags.clipTemplate : flags.clapTemplate) ?? model.promptTemplate;
    const { id, weightsDigest, activation, logitScale, logitBias } = model;
    return {
      format: CALIBRATION_FORMAT,
      ...{ modality, model: id, weightsDigest, template, activation, logitScale, logitBias },
      textDigest: await model.textDigest({ signal: io.signal }),
      labelsDigest: labelSetDigest(prompts, template),
      ...fit,
    };
  } finally {
    await models.close();
  }
}

/** What the model makes of each frame and window; of a file that fails, nothing counts. */
async function observe(
  examples: ReadonlyMap<string, number>,
  results: Map<string, InputResult>,
  models: OpenedModels,
  encoded: EncodedLabelSet,
  { sample, flags, io }: Job,
): Promise<CalibrationExample[]> {
  const { signal } = io;
  const all: CalibrationExample[][] = [];
  const plan = decodePlanOf(models, sample);
  await runInputs([...examples.keys()], results, { plan, flags, io }, async (media, input) => {
    const seen = sample === 'shots' ? await sampleShots(input, media, signal) : media;
    const some: CalibrationExample[] = [];
    for await (const chunk of await embedMedia(seen, models, flags, signal)) {
      if (chunk.type !== 'embedding') continue;
      some.push({ source: input, index: examples.get(input)!, logits: labelLogits(chunk.vector, encoded) }); // its own key
    }
    all.push(some);
  });
  return all.flat();
}
