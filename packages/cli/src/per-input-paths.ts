import { join } from 'node:path';
import { MediaError } from '@deepffmpeg/core';
import { shownName } from '@deepffmpeg/ffmpeg-filters';
import { isFolder } from './list-inputs.js';
import { makeFolder } from './make-folder.js';
import { nameAll } from './output-names.js';
import { requireFolder } from './require-folder.js';

/** An output of which each input has a file of its own. */
export interface PerInputPaths {
  /** @param input - one of those named. @param extension - with its dot; of a file in a folder. A path that the user named is taken as it is. */
  pathFor(input: string, extension: string): string;
  /** Whether it is a folder that holds them. */
  readonly isFolder: boolean;
  /** Takes the folder away again, if it was not there before and is empty. */
  discard(): Promise<void>;
}

/** Whoever names such a folder means a file. */
const FILE_ENDINGS = /\.(?:csv|txt|json|mp4|mkv|mov|webm|png|jpe?g|webp)$/i;

/**
 * Where the files go that a flag asks for: to the path itself, or into it as a folder when there are several inputs or it is one.
 *
 * @param inputs - all of them, as they are named or shown.
 * @throws {MediaError} `ERR_OUTPUT` when it should be a folder and cannot be; `ERR_INVALID_OPTIONS` when it should be one and is called like a file, or when a file has no folder.
 */
export async function openPerInputPaths(
  flag: string,
  path: string,
  inputs: readonly string[],
  isMany: boolean,
): Promise<PerInputPaths> {
  const isNamedFolder = path.endsWith('/') || (await isFolder(path));
  if (isMany && !isNamedFolder && FILE_ENDINGS.test(path))
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      `${flag} ${path}: with several inputs it names a folder, and this looks like a file`,
    );
  if (!isMany && !isNamedFolder) {
    await requireFolder({ flag, path });
    return { pathFor: () => path, isFolder: false, discard: async () => {} };
  }
  const discard = await makeFolder(path, `; with several inputs ${flag} names a folder`);
  const names = nameAll(inputs.map(shownName), (all, input) => all.nameOf(input));
  return {
    isFolder: true,
    discard,
    // Whoever asks knows an input as it was named, or as it is shown.
    pathFor: (input, extension) => join(path, `${names.get(shownName(input))}${extension}`),
  };
}
