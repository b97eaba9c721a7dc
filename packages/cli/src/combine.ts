import { join } from 'node:path';
import { defaultRules, type InsightRules, labelsOfRules, readInsightRules } from '@deepffmpeg/combined';
import { MediaError } from '@deepffmpeg/core';
import { findFfmpeg } from '@deepffmpeg/ffmpeg-filters';
import { chooseSample } from './choose-inputs.js';
import type { CliIo } from './cli-io.js';
import { type FilesChoice, type FilmFiles, filmFilesOf } from './combine-film.js';
import { combineFilms, openJournal } from './combine-films.js';
import { stemOfFilm } from './combine-journal.js';
import { type CombineLabelChoice, type CombineLabels, chooseCombineLabels } from './combine-labels.js';
import { openParts, type PartsChoice } from './combine-parts.js';
import { combineStored } from './combine-stored.js';
import { ExitCode, exitCodeOfResults } from './exit-code.js';
import { filesReadBy } from './files-read-by.js';
import { listInputs } from './list-inputs.js';
import { noInput } from './no-input.js';
import { foldName } from './output-names.js';
import { refuseIdleObjectFlags, refuseModelFlags } from './refuse-idle-flags.js';
import { inputFiles, type NamedFile, refuseOverwriting } from './refuse-overwriting.js';
import { type ReportMediaKind, refuseEmbedding } from './report-media.js';
import { sayTo } from './say.js';
import { refuseIdleThreshold, type ShotChoice } from './shot-flags.js';
import { write } from './write.js';

/** The flags of `combine`, as commander gives them. */
export interface CombineFlags extends CombineLabelChoice, FilesChoice, PartsChoice, ShotChoice {
  readonly input?: readonly string[];
  readonly sample?: string;
  readonly audioStream?: number;
  readonly fast?: boolean;
  readonly rules?: string;
  readonly reportMedia?: ReportMediaKind;
  readonly fromExisting?: string;
  readonly classificationTxt?: string;
  readonly redo?: boolean;
  readonly printRules?: boolean;
}

/** Analyses films in every way, draws conclusions, writes them and pages to look at, and prints a summary. */
export async function combine(named: readonly string[], flags: CombineFlags, io: CliIo): Promise<ExitCode> {
  const { signal } = io;
  if (flags.printRules) {
    await write(io.stdout, `${JSON.stringify(defaultRules, null, 2)}\n`);
    return ExitCode.done;
  }
  const rules = flags.rules === undefined ? defaultRules : await readInsightRules(flags.rules, { signal });
  refuseContradictions(flags);
  refuseIdleThreshold(flags);
  refuseIdleObjectFlags(flags);
  if (flags.fromExisting !== undefined || flags.classificationTxt !== undefined)
    return combineStored(named, flags, rules, io);

  refuseModelFlags(flags);
  const asked = [...named, ...(flags.input ?? [])];
  const inputs = await chooseFilms(asked, flags);
  // A folder stays a folder with one film in it, so that scripts need not count.
  const isMany = inputs.length > 1 || inputs.some((each) => !asked.includes(each));
  if (isMany) refuseSingleFiles(flags);
  const journal = await openJournal(flags.outputDir, isMany);
  const stems = new Map<string, string>(); // films of one name get numbers later
  for (const input of inputs) {
    const stem = await stemOfFilm(input, journal);
    stems.set(foldName(stem), stem);
  }
  await refuseOverwriting(
    [...stems.values()].flatMap((stem) => outputsOf(filmFilesOf(stem, flags), flags)),
    [...inputFiles(inputs), ...filesReadBy(flags)],
  );
  if (flags.reportMedia === 'embed') await refuseEmbedding(inputs);
  const sample = flags.sample === undefined ? undefined : chooseSample({ sample: flags.sample }, '1/s');
  const labels = await chooseCombineLabels(flags, signal);
  tellIdleRules(labels, rules, io);
  const ffmpeg = await findFfmpeg({ signal });
  const parts = await openParts(flags, labels, io);
  try {
    const run = { parts, labels, rules, sample, ffmpeg, io, isMany, journal };
    return exitCodeOfResults(await combineFilms(inputs, { ...run, ...settingsOf(flags, isMany) }));
  } finally {
    await parts.close();
  }
}

/** What the flags say of the films, where nothing need be opened or read. */
function settingsOf(flags: CombineFlags, isMany: boolean) {
  const { sceneThreshold, fast: isFast = false, confidence, audioStream, outputDir: folder } = flags;
  return {
    // Keyframes need no frames; a threshold asks for what has one.
    shots: {
      detector: flags.detector ?? (isFast && sceneThreshold === undefined ? 'keyframes' : undefined),
      sceneThreshold,
    },
    ...{ isFast, confidence, audioStream, folder },
    reportMedia: flags.reportMedia ?? 'link',
    isVerbose: flags.verbose ?? false,
    isRedone: flags.redo ?? false,
    filesOf: (stem: string) => filmFilesOf(stem, flags),
    index: isMany && flags.report !== undefined ? join(folder, 'index.html') : undefined,
  } as const;
}

/** With the flags that say where they go. */
function outputsOf(
  { technical, classifications, combined, report }: FilmFiles,
  flags: CombineFlags,
): NamedFile[] {
  return [
    { flag: '--output-dir', path: technical },
    { flag: '--output-dir', path: classifications },
    { flag: flags.json === undefined ? '--output-dir' : '--json', path: combined },
    { flag: typeof flags.report === 'string' ? '--report' : '--output-dir', path: report },
  ];
}

/** Conclusions that rest on names that are not there would quietly fall back to others. */
function tellIdleRules({ categories }: CombineLabels, rules: InsightRules, io: CliIo): void {
  const named = new Set(
    Object.values(categories).flatMap(({ groups }) =>
      groups.flatMap(({ labels }) => labels.map(({ label }) => label)),
    ),
  );
  const idle = labelsOfRules(rules).filter((label) => !named.has(label));
  if (idle.length > 0)
    sayTo(io).always(
      `warning: no category is called ${idle.join(', ')}: the rules go by these names (see --print-rules), so they decide nothing here`,
    );
}

/** @throws {MediaError} `ERR_INVALID_OPTIONS` */
async function chooseFilms(asked: readonly string[], { json, report }: CombineFlags): Promise<string[]> {
  if (asked.length === 0) throw noInput({ '--json': json, '--report': report });
  return listInputs(asked, ['vision', 'audio'], { withStills: false });
}

/** In the words of the flags. */
function refuseContradictions({ report, reportMedia }: CombineFlags): void {
  if (typeof report === 'string' && !/\.html?$/i.test(report))
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      `--report ${report}: the name must end in .html; put inputs before --report, or leave its file out at the end`,
    );
  if (reportMedia !== undefined && report === undefined)
    throw new MediaError('ERR_INVALID_OPTIONS', '--report-media requires --report');
}

function refuseSingleFiles({ json, report }: CombineFlags): void {
  if (json !== undefined)
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      '--json names the file of one input; those of several go into the folder of --output-dir',
    );
  if (typeof report === 'string')
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      `--report ${report} names the page of one input; those of several go into the folder of --output-dir: leave the name out`,
    );
}
