import { openAtomicFile } from './open-atomic-file.js';

/** Writes a whole file, which appears complete or not at all. @throws {MediaError} `ERR_OUTPUT`, naming the path */
export async function writeAtomicFile(path: string, content: string | Uint8Array): Promise<void> {
  const file = await openAtomicFile(path);
  try {
    await file.write(content);
    await file.commit();
  } catch (error) {
    await file.discard();
    throw error;
  }
}
