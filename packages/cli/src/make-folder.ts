import { mkdir } from 'node:fs/promises';
import { MediaError } from '@deepffmpeg/core';

/** Makes a folder for results, with those around it. @throws {MediaError} `ERR_OUTPUT` */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    throw new MediaError('ERR_OUTPUT', `cannot write into ${folder}: ${(cause as Error).message}`, { cause });
  }
}
