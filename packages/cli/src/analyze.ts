import { dirname, join } from 'node:path';
import { MediaError, writeAtomicFile } from '@deepffmpeg/core';
import { type Ffmpeg, findFfmpeg, shownName } from '@deepffmpeg/ffmpeg-filters';
import { analyseTechnical, formatAnalysisDocument, type TechnicalAnalysis } from '@deepffmpeg/technical';
import { analysisFileOf } from './analysis-file.js';
import { formatAnalysisSummary } from './analysis-summary.js';
import type { CliIo } from './cli-io.js';
import { type ExitCode, exitCodeOfResults, isInputError } from './exit-code.js';
import { inputErrorInShellWords } from './input-error-in-shell-words.js';
import { type InputResult, newResult } from './input-result.js';
import { listInputs, refuseNoFile } from './list-inputs.js';
import { makeFolder } from './make-folder.js';
import { noInput } from './no-input.js';
import { describeOutcome } from './outcomes.js';
import { nameAll } from './output-names.js';
import { createProgress } from './progress.js';
import { inputFiles, refuseOverwriting } from './refuse-overwriting.js';
import { sayTo } from './say.js';
import { type ShotFormat, shotFileOf } from './shot-files.js';
import { refuseIdleThreshold, type ShotChoice, shotRuleOf } from './shot-flags.js';
import { writeShotImages } from './shot-images.js';
import { refusePicture } from './sniff-input.js';
import { withFile } from './with-file.js';
import { write } from './write.js';

/** The flags of `analyze`, as commander gives them. */
export interface AnalyzeFlags extends ShotChoice {
  readonly input?: readonly string[];
  readonly outputDir: string;
  readonly json?: string;
  readonly export?: readonly ShotFormat[];
  readonly contactSheet?: boolean;
  readonly shotPictures?: boolean;
  readonly fast?: boolean;
  readonly verbose?: boolean;
}

/** Analyses inputs technically, writes what was found of each, and prints a summary. */
export async function analyze(named: readonly string[], flags: AnalyzeFlags, io: CliIo): Promise<ExitCode> {
  const { signal } = io;
  const inputs = await chooseInputs(named, flags);
  await refuseOverwriting([{ flag: '--json', path: flags.json }], inputFiles(inputs));
  const ffmpeg = await findFfmpeg({ signal });
  const discards: (() => Promise<void>)[] = [];
  try {
    // Before the work, not after it.
    for (const folder of [flags.outputDir, ...(flags.json === undefined ? [] : [dirname(flags.json)])])
      discards.unshift(await makeFolder(folder));
    return exitCodeOfResults(await analyzeAll(inputs, flags, io, ffmpeg));
  } finally {
    for (const discard of discards) await discard(); // where nothing was written
  }
}

async function analyzeAll(
  inputs: readonly string[],
  flags: AnalyzeFlags,
  io: CliIo,
  ffmpeg: Ffmpeg,
): Promise<InputResult[]> {
  const { signal, stdout, stderr } = io;
  const stems = nameAll(inputs, (names, input) => names.stemOf(input));
  const results: InputResult[] = [];
  for (const input of inputs) {
    const result = newResult(shownName(input));
    results.push(result);
    try {
      await withFile(input, io, async (path) => {
        const analysis = await analyseInput(input, path, flags, io, ffmpeg, result);
        const place = { folder: flags.outputDir, stem: stems.get(input)! }; // all have one
        const onWarning = (message: string) => sayTo(io).always(`warning: ${result.input}: ${message}`);
        const settings = { ...place, ffmpeg, signal, onWarning };
        await write(stdout, await writeAnalysis(input, path, analysis, flags, settings));
      });
    } catch (error) {
      if (!isInputError(error)) throw error;
      result.error = inputErrorInShellWords(error as Error); // isInputError proved it
    }
    for (const line of describeOutcome(result)) stderr.write(line);
  }
  return results;
}

/** @throws {MediaError} `ERR_INVALID_OPTIONS` */
async function chooseInputs(named: readonly string[], flags: AnalyzeFlags): Promise<string[]> {
  const { input = [], json } = flags;
  const all = [...named, ...input];
  if (all.length === 0) throw noInput({ '--json': json });
  const inputs = await listInputs(all, ['vision', 'audio'], { withStills: false });
  refuseContradictions(flags);
  if (json !== undefined && inputs.length > 1)
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      '--json names the file of one input; several go into the folder of --output-dir',
    );
  return inputs;
}

/** In the words of the flags. */
function refuseContradictions(flags: AnalyzeFlags): void {
  const { fast = false, detector } = flags;
  if (fast && detector !== undefined && detector !== 'keyframes')
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      `--detector ${detector} needs frames, and --fast decodes none`,
    );
  refuseIdleThreshold(shotChoiceOf(flags));
}

/** Without frames there are keyframes alone. */
const shotChoiceOf = (flags: AnalyzeFlags): ShotChoice =>
  flags.fast ? { ...flags, detector: 'keyframes' } : flags;

async function analyseInput(
  input: string,
  path: string,
  flags: AnalyzeFlags,
  { stderr, signal }: CliIo,
  ffmpeg: Ffmpeg,
  result: InputResult,
): Promise<TechnicalAnalysis> {
  await refuseNoFile(path);
  await refusePicture(input, path, { ffmpeg, signal });
  const progress = createProgress(stderr, shownName(input));
  try {
    return await analyseTechnical(path, {
      ...shotRuleOf(shotChoiceOf(flags)),
      isFast: flags.fast ?? false,
      source: shownName(input),
      ffmpeg,
      signal,
      onPartial: (reason) => {
        result.partialReason = reason;
      },
      onProgress: ({ timestamp, startSeconds, durationSeconds }) =>
        progress.update(timestamp - startSeconds, durationSeconds, undefined),
    });
  } finally {
    progress.stop();
  }
}

/** Where the files of one input go, and what their names begin with. */
interface Place {
  readonly folder: string;
  readonly stem: string;
  readonly ffmpeg: Ffmpeg;
  readonly signal: AbortSignal;
  readonly onWarning: (message: string) => void;
}

/** Writes the files of one input, and gives its summary. */
async function writeAnalysis(
  input: string,
  media: string,
  analysis: TechnicalAnalysis,
  flags: AnalyzeFlags,
  { folder, stem, ffmpeg, signal, onWarning }: Place,
): Promise<string> {
  const { contactSheet = false, shotPictures = false } = flags;
  const thumbnailPath = await writeShotImages(media, analysis, {
    folder,
    stem,
    contactSheet,
    shotPictures,
    ffmpeg,
    signal,
    onWarning,
  });
  const file = analysisFileOf(analysis, {
    inputFile: shownName(input),
    sceneThreshold: flags.sceneThreshold,
    thumbnailPath,
  });
  const path = flags.json ?? join(folder, `${stem}_analysis.json`);
  await writeAtomicFile(path, formatAnalysisDocument(file), { signal });
  for (const format of flags.export ?? []) {
    const { extension, text } = shotFileOf(format, analysis, input);
    await writeAtomicFile(join(folder, `${stem}_shots${extension}`), text, { signal });
  }
  return formatAnalysisSummary(file, analysis, path, flags.verbose);
}
