import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MediaError } from '@deepffmpeg/core';

/** Makes a folder of our own where temporary files go. @throws {MediaError} `ERR_OUTPUT` */
export async function makeTemporaryFolder(purpose: string): Promise<string> {
  return mkdtemp(join(tmpdir(), `deepffmpeg-${purpose}-`)).catch((cause) => {
    throw new MediaError(
      'ERR_OUTPUT',
      `cannot make a temporary folder in ${tmpdir()}: ${cause.message}: set TMPDIR to a folder that can be written`,
      { cause },
    );
  });
}
