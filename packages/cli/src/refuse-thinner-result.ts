import { stat } from 'node:fs/promises';
import { MediaError, readInputFile } from '@deepffmpeg/core';
import * as z from 'zod';
import { MOST_COMBINED_BYTES } from './read-index-film.js';

/** What only an analysis of the film itself tells. */
const analysed = z.object({ details: z.object({ parts: z.array(z.unknown()) }) });

/**
 * Refuses to write conclusions from stored results over the result of an analysis: what that tells of segments, the course of labels and
 * objects would be lost.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS`
 */
export async function refuseThinnerResult(path: string, signal: AbortSignal): Promise<void> {
  // A pipe or a terminal holds no result, and reading it would wait for ever.
  const isFile = await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isFile) return;
  const bytes = await readInputFile(path, {
    what: 'what would be overwritten,',
    mostBytes: MOST_COMBINED_BYTES,
    code: 'ERR_INVALID_OPTIONS',
    signal,
  });
  if (!isAnalysed(String(bytes))) return;
  throw new MediaError(
    'ERR_INVALID_OPTIONS',
    `${path} holds the analysis of the film, with segments, labels over time and objects, which stored results do not tell and ` +
      'which would be lost: name another file with --json, or another folder with --output-dir',
  );
}

function isAnalysed(text: string): boolean {
  try {
    return analysed.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}
