import { MediaError, readInputFile } from '@deepffmpeg/core';
import type { AnalysisDocument } from '@deepffmpeg/technical';
import type * as z from 'zod';
import { expectedAndGot, pathText } from '../describe-issue.js';
import { analysisDocumentSchema } from './analysis-document-schema.js';
import { type StoredChunks, storedChunks } from './stored-chunks.js';

/** A technical analysis from a file. */
export interface StoredAnalysis extends StoredChunks {
  /** As the file holds it, with fields that are not known here, and without `details`. */
  readonly document: AnalysisDocument;
}

/** A film of many hours with thousands of shots has a few. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Reads what `deepffmpeg analyze` or the original wrote, at most 64 MiB.
 *
 * @throws {MediaError} `ERR_INPUT`, as `parseAnalysisDocument` does, or when the file cannot be read; an `AbortError`.
 */
export async function readAnalysisDocument(
  path: string,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<StoredAnalysis> {
  const bytes = await readInputFile(path, { what: 'the technical analysis', mostBytes: MOST_BYTES, signal });
  return parseAnalysisDocument(bytes.toString('utf8'), path);
}

/** No analysis has a tenth of it, and what walks through values by recursion bears far more. */
const MOST_LEVELS = 500;

/**
 * Reads the text of a technical analysis, the original's or ours. Fields that are not known are kept.
 *
 * @param name Stands before every message.
 * @throws {MediaError} `ERR_INPUT`, naming the first field that is missing or wrong, and what to do.
 */
export function parseAnalysisDocument(text: string, name: string): StoredAnalysis {
  const value = parseJson(text, name);
  const result = analysisDocumentSchema.safeParse(value, { reportInput: true });
  if (!result.success) throw notAnAnalysis(value, result.error, name);
  // The schema has proven it. Its own output would move fields that it does not know behind the others.
  const { details, ...document } = value as AnalysisDocument & { readonly details?: unknown };
  const chunks = storedChunks(details, document.metadata.duration ?? undefined);
  return { document, ...chunks, warnings: chunks.warnings.map((warning) => `${name}: ${warning}`) };
}

function parseJson(text: string, name: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (cause) {
    throw new MediaError(
      'ERR_INPUT',
      `${name} is not JSON (${(cause as Error).message}): name a file that \`deepffmpeg analyze\` wrote`,
      { cause },
    );
  }
  if (!isDeeperThan(MOST_LEVELS, value)) return value;
  throw new MediaError(
    'ERR_INPUT',
    `${name}: it is nested too deeply: name a file that \`deepffmpeg analyze\` wrote`,
  );
}

/** Counts lists and objects within one another. */
function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((each) => isDeeperThan(levels - 1, each));
}

function notAnAnalysis(value: unknown, cause: z.ZodError, name: string): MediaError {
  if (typeof value === 'object' && value !== null && 'combined_insights' in value)
    return new MediaError('ERR_INPUT', `${name} is a combined analysis: name the technical one beside it`);
  // There is an issue wherever there is an error.
  const issue = cause.issues[0]!;
  const where = pathText(issue.path) || 'the file';
  return new MediaError(
    'ERR_INPUT',
    `${name}: ${where}: ${expectedAndGot(issue)}; it is of another version, or no technical analysis: write it anew with \`deepffmpeg analyze\``,
    { cause },
  );
}
