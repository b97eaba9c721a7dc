import { readFile, stat } from 'node:fs/promises';
import { isMediaError, MediaError } from './media-error.js';
import { parseCategories, parseLabels } from './parse-labels.js';
import type { PromptSet } from './prompt-set.js';

/** Far above any list that a person writes, far below what would hurt. */
const LARGEST_BYTES = 4 * 1024 * 1024;

/**
 * Reads a UTF-8 file of labels or categories, at most 4 MiB.
 *
 * @throws {MediaError} `ERR_LABELS`, naming the file, when it cannot be read or breaks the format.
 */
export async function readLabelFile(path: string, kind: PromptSet['kind']): Promise<PromptSet> {
  const text = await readText(path).catch((cause) => {
    if (isMediaError(cause)) throw cause;
    throw new MediaError('ERR_LABELS', `cannot read the ${kind} file ${path}: ${cause.message}`, { cause });
  });
  return kind === 'labels' ? parseLabels(text, path) : parseCategories(text, path);
}

async function readText(path: string): Promise<string> {
  const { size } = await stat(path);
  if (size > LARGEST_BYTES)
    throw new MediaError(
      'ERR_LABELS',
      `${path} has ${size} bytes; a label file has at most ${LARGEST_BYTES}`,
    );
  const bytes = await readFile(path);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new MediaError('ERR_LABELS', `${path} is not UTF-8 text: save it as UTF-8`, { cause });
  }
}
