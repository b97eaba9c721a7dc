import { openAtomicFile } from './open-atomic-file.js';

/**
 * Writes a whole file, which appears complete or not at all.
 *
 * @param options - as of `openAtomicFile`
 * @throws {MediaError} `ERR_OUTPUT`, naming the path; an `AbortError`
 */
export async function writeAtomicFile(
  path: string,
  content: string | Uint8Array,
  options?: { readonly signal?: AbortSignal | undefined },
): Promise<void> {
  const file = await openAtomicFile(path, options);
  try {
    await file.write(content);
    await file.commit();
  } catch (error) {
    await file.discard();
    throw error;
  }
}
