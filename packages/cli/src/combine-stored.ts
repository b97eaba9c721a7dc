import { dirname } from 'node:path';
import {
  drawInsights,
  fixedText,
  formatCombinedDocument,
  hasPictures,
  type InsightRules,
  makeCombinedDocument,
  readAnalysisDocument,
  reportIndexFilm,
  writeReport,
} from '@deepffmpeg/combined';
import {
  type AverageRow,
  averagesFromCsv,
  MediaError,
  readInputFile,
  writeAtomicFile,
} from '@deepffmpeg/core';
import { isAddress, shownName } from '@deepffmpeg/ffmpeg-filters';
import type { CliIo } from './cli-io.js';
import type { CombineFlags } from './combine.js';
import { filmFilesOf } from './combine-film.js';
import { openJournal } from './combine-films.js';
import { journalPathOf, stemOfFilm } from './combine-journal.js';
import { formatCombinedSummary } from './combined-summary.js';
import { ExitCode } from './exit-code.js';
import { filesReadBy } from './files-read-by.js';
import { isThere } from './is-there.js';
import { makeFolder } from './make-folder.js';
import { refuseMissing } from './refuse-missing.js';
import { inputFiles, refuseOverwriting } from './refuse-overwriting.js';
import { refuseThinnerResult } from './refuse-thinner-result.js';
import { reportMediaOf } from './report-media.js';
import { sayTo } from './say.js';
import { messageText } from './terminal-text.js';
import { write } from './write.js';

/** Draws conclusions from stored results, and looks at no media. */
export async function combineStored(
  named: readonly string[],
  flags: CombineFlags,
  rules: InsightRules,
  io: CliIo,
): Promise<ExitCode> {
  const { signal } = io;
  const { fromExisting, classificationTxt, input } = chooseStored(named, flags);
  await refuseMissing('--from-existing', fromExisting);
  await refuseMissing('--classification-txt', classificationTxt);
  const stored = await readAnalysisDocument(fromExisting, { signal });
  for (const warning of stored.warnings) sayTo(io).always(`warning: ${warning}`);
  const { document: technical, shots, segments, startSeconds, readSeconds, audioPlace } = stored;
  const classifications = await readAverages(classificationTxt, signal);
  const isVideo = hasPictures({ technical, hasPictures: stored.hasPictures });
  const { sections, evidence } = drawInsights(
    {
      ...{ technical, classifications, shots, segments },
      ...{ startSeconds, readSeconds, audioPlace, hasPictures: isVideo },
    },
    rules,
  );
  const film = input ?? technical.input_file;
  const document = makeCombinedDocument({
    inputFile: shownName(film),
    sizeBytes: technical.metadata.size ?? undefined,
    createdAt: new Date(),
    technical,
    classifications,
    insights: sections,
  });
  const { path, page } = await chooseFiles(film, flags);
  await refuseThinnerResult(path, signal);
  if (input === undefined && page !== undefined && !isAddress(film) && !(await isThere(film)))
    sayTo(io).always(
      `warning: ${shownName(film)}, which the stored results name, is not there, so the page will not play it: name the film before the flags`,
    );
  const media = reportMediaOf(film, { page, how: flags.reportMedia ?? 'link', isVideo });
  const report = { document, evidence, analysis: undefined, startSeconds, shots, readSeconds, media };
  const { brokeOffSeconds: end } = reportIndexFilm('', report);
  await makeFolder(dirname(path));
  await writeAtomicFile(path, formatCombinedDocument({ ...document, details: { evidence } }), { signal });
  if (page !== undefined) {
    await makeFolder(dirname(page));
    await writeReport(page, report, { signal });
  }
  const isVerbose = flags.verbose ?? false;
  const partialReason = end === undefined ? undefined : `the stored results end at ${fixedText(end, 2)}s`;
  const summary = formatCombinedSummary(document, {
    evidence,
    partialReason,
    hasPictures: isVideo,
    isVerbose,
  });
  const saved = page === undefined ? '' : `${messageText(`Report: ${page}`)}\n`;
  await write(io.stdout, `${summary}\n${messageText(`Results saved to: ${path}`)}\n${saved}`);
  return ExitCode.done;
}

/** What is read. @throws {MediaError} `ERR_INVALID_OPTIONS` */
function chooseStored(named: readonly string[], flags: CombineFlags) {
  const { fromExisting, classificationTxt } = flags;
  if (fromExisting === undefined || classificationTxt === undefined)
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      'give --from-existing and --classification-txt together: the technical analysis of a film, and the averages of its labels',
    );
  const [input, ...more] = [...named, ...(flags.input ?? [])];
  if (more.length > 0)
    throw new MediaError('ERR_INVALID_OPTIONS', '--from-existing holds one film: name no more than that');
  // What a document names may be any file of this machine: only the user puts one into a page.
  if (input === undefined && flags.reportMedia === 'embed')
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      '--report-media embed with --from-existing requires the film: name it before the flags',
    );
  return { fromExisting, classificationTxt, input };
}

/** What is written. @throws {MediaError} `ERR_INVALID_OPTIONS` */
async function chooseFiles(film: string, flags: CombineFlags) {
  const journal = await openJournal(flags.outputDir, false);
  const filesOf = (stem: string) => {
    const { combined: path, report: page } = filmFilesOf(stem, flags);
    return { path, page };
  };
  const { path, page } = filesOf(await stemOfFilm(film, journal));
  await refuseOverwriting(
    [
      { flag: flags.json === undefined ? '--output-dir' : '--json', path },
      { flag: typeof flags.report === 'string' ? '--report' : '--output-dir', path: page },
    ],
    [...inputFiles([film]), ...filesReadBy(flags)],
  );
  const isInFolder = flags.json === undefined || flags.report === true;
  if (journal === undefined || !isInFolder) return { path, page };
  return filesOf(await journal.claim(await journalPathOf(film), film)); // another film may have that name there
}

/** As many rows as anybody has labels. */
const MOST_BYTES = 16 * 2 ** 20;

/** @throws {MediaError} `ERR_INPUT` */
async function readAverages(path: string, signal: AbortSignal): Promise<AverageRow[]> {
  const text = await readInputFile(path, { what: 'the averages', mostBytes: MOST_BYTES, signal });
  try {
    return averagesFromCsv(String(text));
  } catch (cause) {
    throw new MediaError('ERR_INPUT', `${path}: ${(cause as Error).message}`, { cause });
  }
}
