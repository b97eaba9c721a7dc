import { openAtomicFile } from '@deepffmpeg/core';
import { formatReport, type ReportOptions } from './format-report.js';
import { formatReportIndex, type ReportIndexEntry } from './report-index.js';
import type { ReportInput } from './report-input.js';

/**
 * Writes the page of one film, which appears complete or not at all.
 *
 * @throws {MediaError} what `formatReport` throws; `ERR_OUTPUT`, naming the path.
 */
export async function writeReport(
  path: string,
  input: ReportInput,
  options: ReportOptions = {},
): Promise<void> {
  await writePieces(path, formatReport(input, options), options.signal);
}

/**
 * Writes the page of a folder of films, which appears complete or not at all.
 *
 * @throws {MediaError} what `formatReportIndex` throws; `ERR_OUTPUT`, naming the path.
 */
export async function writeReportIndex(
  path: string,
  entries: readonly ReportIndexEntry[],
  { signal }: Pick<ReportOptions, 'signal'> = {},
): Promise<void> {
  await writePieces(path, formatReportIndex(entries), signal);
}

async function writePieces(
  path: string,
  pieces: AsyncIterable<string>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const file = await openAtomicFile(path, { signal });
  try {
    for await (const piece of pieces) await file.write(piece);
    await file.commit();
  } catch (error) {
    await file.discard();
    throw error;
  }
}
