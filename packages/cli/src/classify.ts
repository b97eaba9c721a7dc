import {
  createScorer,
  createTimeline,
  type EncodedLabelSet,
  MediaError,
  type Modality,
  through,
} from '@deepffmpeg/core';
import { checkOverlayStyle } from '@deepffmpeg/detect';
import { type Sample, shownName } from '@deepffmpeg/ffmpeg-filters';
import { type DetectChoice, detectorOptions, isTracking, narrowDetector } from './choose-detector.js';
import { chooseSample, type ReadingChoice } from './choose-inputs.js';
import { type ChosenLabels, chooseLabelsOrDetector, type LabelChoice } from './choose-labels.js';
import { type ChosenSource, chooseSource, withScalesOf } from './choose-source.js';
import type { CliIo } from './cli-io.js';
import { collectOutcomes, type OutcomeSettings } from './collect-outcomes.js';
import { createDetectionFiles } from './detection-files.js';
import { refuseLongWindow, type WindowChoice } from './embed-media.js';
import { encodeAllLabels } from './encode-all-labels.js';
import { type ExitCode, exitCodeOfResults } from './exit-code.js';
import { filesReadBy } from './files-read-by.js';
import { type InputResult, newResult, toJsonDocument } from './input-result.js';
import { type EngineChoice, prepareNativeScoring, refuseForEngine } from './native/prepare-native-scoring.js';
import { embeddingsFor } from './open-embeddings.js';
import { decodePlanOf, type ModelChoice, type OpenedModels, openModels } from './open-models.js';
import { type OutputFiles, type OutputPaths, openOutputFiles } from './output-files.js';
import { formatResults } from './print-results.js';
import { type CalibrationChoice, type Calibrations, readCalibrations } from './read-calibrations.js';
import { refuseIdleFlags } from './refuse-idle-flags.js';
import { inputFiles, type NamedFile, refuseOverwriting } from './refuse-overwriting.js';
import { restoreOutcomes } from './restore-outcomes.js';
import { runInputs } from './run-inputs.js';
import { sampleShots } from './sample-shots.js';
import { sayTo } from './say.js';
import { scoreMedia } from './score-media.js';
import { checkDrawingPath, type DrawChoice, drawingPath, isDrawing, showObjects } from './show-objects.js';
import { write } from './write.js';

/** The flags of `classify`, as commander gives them. */
export interface ClassifyFlags
  extends DetectChoice,
    DrawChoice,
    CalibrationChoice,
    EngineChoice,
    LabelChoice,
    ModelChoice,
    Omit<OutputPaths, 'drawings'>,
    ReadingChoice,
    WindowChoice {
  readonly confidence: number;
  /** Most labels to report. */
  readonly top?: number;
  readonly segmentEnter?: number;
  readonly segmentExit?: number;
  readonly segmentMin?: number;
  readonly fromEmbeddings?: string;
  readonly json?: boolean;
  readonly verbose?: boolean;
}

/** Scores inputs against labels, or finds objects in them, writes the files that were asked for, and prints the results. */
export async function classify(named: readonly string[], flags: ClassifyFlags, io: CliIo): Promise<ExitCode> {
  // What needs no model comes first, so that a mistake is told at once.
  const sample = chooseSample(flags, isTracking(flags) || isDrawing(flags) ? 'all' : '1/s');
  const labels = await chooseLabelsOrDetector(flags, io.signal);
  refuseIdleFlags(labels, flags);
  const calibrations = await readCalibrations(flags, labels, io.signal);
  refuseForEngine(flags, sample);
  refuseSwappedThresholds(flags);
  refuseOtherEndings(flags);
  const asked = modalitiesOf(labels, flags);
  const source = await chooseSource(named, flags, asked, io.signal);
  const drawings = drawingPath(flags);
  if (isDrawing(flags)) checkStyle(flags);
  const typed = [...named, ...(flags.input ?? [])];
  const isMany = isManyFiles(typed, source);
  if (drawings !== undefined)
    await checkDrawingPath(drawings, { named: typed, inputs: source.inputs, isMany });
  const outputs = [...outputsOf(flags), { flag: '--visualization', path: drawings }];
  await refuseOverwriting(outputs, [...inputFiles(source.inputs), ...filesReadBy(flags)]);
  const hasObjects = flags.detectModel !== undefined;
  const kinds = { hasObjects, hasTracks: hasObjects && isTracking(flags) };
  const results = new Map(source.inputs.map(shownName).map((name) => [name, newResult(name, kinds)]));
  const files = await openOutputFiles({ ...flags, drawings }, isMany, source.inputs, io.signal);
  try {
    await score(labels, source, results, { sample, calibrations, flags, io, files });
    io.signal.throwIfAborted();
    const done = [...results.values()];
    if (done.every(({ error }) => error)) await files.discard();
    else await files.commit(done);
  } catch (error) {
    await files.discard();
    throw error;
  }
  const all = [...results.values()];
  const text = flags.json ? `${JSON.stringify(toJsonDocument(all), null, 2)}\n` : formatResults(all, asked);
  await write(io.stdout, text);
  return exitCodeOfResults(all);
}

/** @throws {MediaError} `ERR_INVALID_OPTIONS` in the words of the flags. */
function refuseOtherEndings({ outputDetections }: ClassifyFlags): void {
  if (outputDetections !== undefined && !/\.json$/i.test(outputDetections))
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      `--output-detections ${outputDetections}: the name must end in .json`,
    );
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
function isManyFiles(named: readonly string[], { inputs, file }: ChosenSource): boolean {
  return inputs.length > 1 || (!file && inputs.some((each) => !named.includes(each)));
}

interface Scoring {
  readonly sample: Sample | 'shots';
  readonly calibrations: Calibrations;
  readonly flags: ClassifyFlags;
  readonly io: CliIo;
  readonly files: OutputFiles;
}

/** Opens the models, has them read the labels, and puts every input through. */
async function score(
  labels: ChosenLabels,
  { inputs, file }: ChosenSource,
  results: Map<string, InputResult>,
  scoring: Scoring,
): Promise<void> {
  const { calibrations, flags, io } = scoring;
  const { signal } = io;
  const say = sayTo(io, flags.verbose);
  const models = await openModels(withScalesOf(file, flags), {
    modalities: modalitiesOf(labels, {}),
    towers: file || flags.engine === 'native' ? 'text' : 'both',
    detect: flags.detectModel === undefined ? undefined : await detectorOptions(flags, signal),
    onWarning: say.warn,
    io,
  });
  try {
    refuseLongWindow(models, flags);
    const embeddings = file && embeddingsFor(models, file);
    const labelSets = await encodeAllLabels(models, labels, flags, say, signal, calibrations);
    if (file && embeddings) {
      const scored = through(embeddings, createScorer({ labelSets, signal }));
      await collectOutcomes(scored, results, outcomeSettings(scoring));
      restoreOutcomes(file, results, modalitiesOf(labels, {}), io, !flags.json);
    } else {
      await scoreInputs(inputs, results, { models, labelSets }, scoring);
    }
  } finally {
    await models.close();
  }
}

interface Scorers {
  readonly models: OpenedModels;
  readonly labelSets: readonly EncodedLabelSet[];
}

/** Reads every input, scores it, and collects, writes and draws what comes of it. */
async function scoreInputs(
  inputs: readonly string[],
  results: Map<string, InputResult>,
  { models, labelSets }: Scorers,
  scoring: Scoring,
): Promise<void> {
  const { sample, flags, io, files } = scoring;
  const { signal } = io;
  const detector = models.detector && narrowDetector(models.detector, flags);
  const found = createDetectionFiles(files, detector?.labels ?? [], inputs, signal);
  const native =
    flags.engine === 'native' ? await prepareNativeScoring({ models, labelSets, sample, flags }) : undefined;
  try {
    const plan = native?.plan ?? decodePlanOf(models, sample);
    const run = { plan, flags, io, hasTable: !flags.json };
    await runInputs(inputs, results, run, async (media, input, isStill) => {
      const detections = await found.open(input);
      try {
        const seen = sample === 'shots' ? await sampleShots(input, media, signal) : media;
        const scored = native
          ? through(seen, createTimeline({ kind: 'scores', signal }))
          : await scoreMedia(seen, { ...models, detector }, labelSets, flags, signal);
        const drawing = drawingOf(input, isStill, scoring);
        const settings = { ...outcomeSettings(scoring), writeDetections: detections.write, drawing };
        await collectOutcomes(scored, results, settings);
        await detections.commit();
      } catch (error) {
        await detections.discard();
        throw error;
      }
    });
    await found.finish();
  } finally {
    await native?.remove();
  }
}

const outcomeSettings = ({ flags, files, io }: Scoring): OutcomeSettings => ({
  reported: { confidence: flags.confidence, mostLabels: flags.top },
  segments: segmentsOf(flags),
  scoresFile: files.scores,
  signal: io.signal,
});

function drawingOf(
  input: string,
  isStill: () => boolean,
  { flags, files, io }: Scoring,
): OutcomeSettings['drawing'] {
  if (!isDrawing(flags)) return undefined;
  const { audioStream } = flags;
  const settings = {
    paths: files.drawings,
    isStill,
    audioStream,
    say: sayTo(io, flags.verbose),
    signal: io.signal,
  };
  return { style: styleOf(flags), show: (frames) => showObjects(input, frames, settings) };
}

function segmentsOf({ segmentEnter, segmentExit, segmentMin, trackInterval = 0 }: ClassifyFlags) {
  // A track that is looked at now and then is still the same in between.
  return { enter: segmentEnter, exit: segmentExit, minSeconds: segmentMin, lostSeconds: 1 + trackInterval };
}

/** @throws {MediaError} `ERR_INVALID_OPTIONS` in the words of the flags. */
function checkStyle(flags: ClassifyFlags): void {
  try {
    checkOverlayStyle(styleOf(flags));
  } catch (error) {
    const words = { boxColor: '--box-color', textColor: '--text-color', borderColor: '--border-color' };
    const message = Object.entries(words).reduce(
      (text, [name, flag]) => text.replace(name, flag),
      (error as Error).message,
    );
    throw new MediaError('ERR_INVALID_OPTIONS', message, { cause: error });
  }
}

const styleOf = ({ boxColor, textColor, borderColor, fontSize, confidence, top }: ClassifyFlags) => ({
  boxColor,
  textColor,
  borderColor,
  fontSize,
  confidence,
  mostLabels: top,
});

/** What is to be seen or heard. */
function modalitiesOf(labels: ChosenLabels, { detectModel }: Pick<ClassifyFlags, 'detectModel'>): Modality[] {
  const isSeen = labels.vision !== undefined || detectModel !== undefined;
  return [...(isSeen ? ['vision' as const] : []), ...(labels.audio ? ['audio' as const] : [])];
}

const outputsOf = (flags: ClassifyFlags): NamedFile[] => [
  { flag: '--output-stats', path: flags.outputStats },
  { flag: '--output-scores', path: flags.outputScores },
  { flag: '--output-segments', path: flags.outputSegments },
  { flag: '--output-detections', path: flags.outputDetections },
  { flag: '--output-tracks', path: flags.outputTracks },
];
