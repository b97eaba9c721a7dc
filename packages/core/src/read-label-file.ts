import { MediaError } from './media-error.js';
import { parseCategories, parseLabels } from './parse-labels.js';
import type { PromptSet } from './prompt-set.js';
import { readInputFile } from './read-input-file.js';

/** Far above any list that a person writes, far below what would hurt. */
const MOST_BYTES = 4 * 1024 * 1024;

/**
 * Reads a UTF-8 file of labels or categories, at most 4 MiB.
 *
 * @throws {MediaError} `ERR_LABELS`, naming the file, when it cannot be read or breaks the format; an `AbortError`.
 */
export async function readLabelFile(
  path: string,
  kind: PromptSet['kind'],
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<PromptSet> {
  const bytes = await readInputFile(path, {
    what: `the ${kind} file`,
    mostBytes: MOST_BYTES,
    code: 'ERR_LABELS',
    signal,
  });
  const text = decodeText(bytes, path);
  return kind === 'labels' ? parseLabels(text, path) : parseCategories(text, path);
}

function decodeText(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new MediaError('ERR_LABELS', `${path} is not UTF-8 text: save it as UTF-8`, { cause });
  }
}
