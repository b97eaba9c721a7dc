import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MediaError, rememberUnfinished } from '@deepffmpeg/core';

export interface TemporaryFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/** Makes a folder of our own where temporary files go. @throws {MediaError} `ERR_OUTPUT` */
export async function makeTemporaryFolder(purpose: string): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(tmpdir(), `deepffmpeg-${purpose}-`)).catch((cause) => {
    throw new MediaError(
      'ERR_OUTPUT',
      `cannot make a temporary folder in ${tmpdir()}: ${cause.message}: set TMPDIR to a folder that can be written`,
      { cause },
    );
  });
  const forget = rememberUnfinished(path);
  const remove = async () => {
    await rm(path, { recursive: true, force: true });
    forget();
  };
  return { path, remove };
}
