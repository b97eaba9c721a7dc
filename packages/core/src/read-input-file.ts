import { fileProblem } from './file-problem.js';
import { MediaError, type MediaErrorCode } from './media-error.js';
import { readBoundedFile } from './read-bounded-file.js';

export interface InputFileOptions {
  /** What messages call it, such as "the rules". */
  readonly what: string;
  /** More is refused. */
  readonly mostBytes: number;
  /** Code of the error. @defaultValue `ERR_INPUT` */
  readonly code?: MediaErrorCode | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads one of a user's small files, whole.
 *
 * @throws {MediaError} with the given code, such as "cannot read the rules rules.json: there is no such file"; an `AbortError`.
 */
export async function readInputFile(
  path: string,
  { what, mostBytes, code = 'ERR_INPUT', signal }: InputFileOptions,
): Promise<Buffer> {
  try {
    return await readBoundedFile(path, mostBytes, { signal });
  } catch (cause) {
    if ((cause as Error).name === 'AbortError') throw cause;
    throw new MediaError(code, `cannot read ${what} ${path}: ${fileProblem(cause)}`, { cause });
  }
}
