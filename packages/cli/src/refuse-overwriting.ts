import { stat } from 'node:fs/promises';
import { MediaError } from '@deepffmpeg/core';
import { isAddress } from '@deepffmpeg/ffmpeg-filters';
import { realPathOf } from './real-path.js';

/** A file that a run reads or writes, and the flag that names it. */
export interface NamedFile {
  readonly flag: string;
  readonly path: string | undefined;
}

/**
 * Makes sure that no output would take the place of an input or of another output. Terminals, pipes and devices may
 * occur any number of times.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, naming both flags.
 */
export async function refuseOverwriting(
  outputs: readonly NamedFile[],
  inputs: readonly NamedFile[],
): Promise<void> {
  const taken = new Map<string, string>();
  for (const { flag, path } of inputs) if (path !== undefined) taken.set(await realPathOf(path), flag);
  for (const { flag, path } of outputs) {
    if (path === '-')
      throw new MediaError('ERR_INVALID_OPTIONS', `${flag} -: an output is a file; /dev/stdout is one, too`);
    if (path === undefined || (await isSpecial(path))) continue;
    const place = await realPathOf(path);
    const other = taken.get(place);
    if (other !== undefined)
      throw new MediaError(
        'ERR_INVALID_OPTIONS',
        `${flag} ${path} would overwrite what ${other} names: name another file`,
      );
    taken.set(place, flag);
  }
}

/** Inputs, as far as they may be files. */
export const inputFiles = (inputs: readonly string[]): NamedFile[] =>
  inputs.filter((input) => input !== '-' && !isAddress(input)).map((path) => ({ flag: 'an input', path }));

/** Whether it is there and neither a file nor a folder. */
async function isSpecial(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined); // what is not there yet becomes a file
  return found !== undefined && !found.isFile() && !found.isDirectory();
}
