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
import { inputFiles, type NamedFile, refuseOverwriting } from './refuse-overwriting.js';
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
  const stems = nameAll(inputs, (names, input) => names.stemOf(input));
  const outputs = [...stems.values()].flatMap((stem) => outputsOf(filesOf(stem, flags), flags));
  await refuseOverwriting(outputs, inputFiles(inputs));
  const ffmpeg = await findFfmpeg({ signal });
  const discards: (() => Promise<void>)[] = [];
  try {
    // Before the work, not after it.
    for (const folder of [flags.outputDir, ...(flags.json === undefined ? [] : [dirname(flags.json)])])
      discards.unshift(await makeFolder(folder));
    return exitCodeOfResults(await analyzeAll(stems, flags, io, ffmpeg));
  } finally {
    for (const discard of discards) await discard(); // where nothing was written
  }
}

/** @param stems - what the names of each input's files begin with, by input */
async function analyzeAll(
  stems: ReadonlyMap<string, string>,
  flags: AnalyzeFlags,
  io: CliIo,
  ffmpeg: Ffmpeg,
): Promise<InputResult[]> {
  const { signal, stdout, stderr } = io;
  const results: InputResult[] = [];
  for (const [input, stem] of stems) {
    const result = newResult(shownName(input));
    results.push(result);
    try {
      await withFile(input, io, async (path) => {
        const analysis = await analyseInput(input, path, flags, io, ffmpeg, result);
        const onWarning = (message: string) => sayTo(io).always(`warning: ${result.input}: ${message}`);
        const settings = { stem, ffmpeg, signal, onWarning };
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

/** The files of one input, those that flags ask for among them. */
interface AnalysisFiles {
  readonly analysis: string;
  readonly sheet: string | undefined;
  /** Of pictures. */
  readonly pictures: string | undefined;
  readonly exports: ReadonlyMap<ShotFormat, string>;
}

function filesOf(stem: string, flags: AnalyzeFlags): AnalysisFiles {
  const { outputDir: folder, json, contactSheet, shotPictures, export: formats = [] } = flags;
  return {
    analysis: json ?? join(folder, `${stem}_analysis.json`),
    sheet: contactSheet ? join(folder, `${stem}_contact_sheet.jpg`) : undefined,
    pictures: shotPictures ? join(folder, `${stem}_shots`) : undefined,
    exports: new Map(formats.map((format) => [format, join(folder, `${stem}_shots.${format}`)])),
  };
}

/** With the flags that say where they go. */
const outputsOf = (files: AnalysisFiles, { json }: AnalyzeFlags): NamedFile[] => [
  { flag: json === undefined ? '--output-dir' : '--json', path: files.analysis },
  { flag: '--contact-sheet', path: files.sheet },
  { flag: '--shot-pictures', path: files.pictures },
  ...[...files.exports.values()].map((path) => ({ flag: '--export', path })),
];

interface WriteSettings {
  /** What the names of the input's files begin with. */
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
  { stem, ...settings }: WriteSettings,
): Promise<string> {
  const files = filesOf(stem, shotsWanted(analysis, flags, settings.onWarning));
  const thumbnailPath = await writeShotImages(media, analysis, { ...files, ...settings });
  const file = analysisFileOf(analysis, {
    inputFile: shownName(input),
    sceneThreshold: flags.sceneThreshold,
    thumbnailPath,
  });
  const { signal } = settings;
  await writeAtomicFile(files.analysis, formatAnalysisDocument(file), { signal });
  for (const [format, path] of files.exports)
    await writeAtomicFile(path, shotFileOf(format, analysis, input), { signal });
  return formatAnalysisSummary(file, analysis, files.analysis, flags.verbose);
}

/** Where there is no video there are no shots, and files of none would pass for something. */
function shotsWanted(
  { shots }: TechnicalAnalysis,
  flags: AnalyzeFlags,
  onWarning: (message: string) => void,
): AnalyzeFlags {
  if (shots.length > 0) return flags;
  const { contactSheet, shotPictures, export: formats } = flags;
  const asked = { '--contact-sheet': contactSheet, '--shot-pictures': shotPictures, '--export': formats };
  const idle = Object.entries(asked).flatMap(([flag, value]) => (value ? [flag] : []));
  if (idle.length > 0)
    onWarning(
      `a video was expected for ${idle.join(', ')}, and there are no shots: nothing is written for it`,
    );
  return { ...flags, contactSheet: false, shotPictures: false, export: [] };
}
