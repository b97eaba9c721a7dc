import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { MediaError } from '@deepffmpeg/core';

/** Names that are worth opening when a whole folder is given; a file that is named itself needs none of them. */
const EXTENSIONS = new Set(
  (
    '3g2 3gp asf avi divx dv f4v flv gxf h264 h265 hevc ivf m2t m2ts m2v m4v mkv mov mp4 mpeg mpg mts mxf nut ogm ogv rm rmvb ts vob webm wmv y4m ' +
    'avif gif jpeg jpg png tif tiff webp'
  ).split(' '),
);

/**
 * Puts a folder's media files, also from folders inside it, in its place, by name; hidden ones are left out. What
 * is no folder stays as it is.
 *
 * @throws {MediaError} `ERR_INPUT` for a folder without any.
 */
export async function listInputs(inputs: readonly string[]): Promise<string[]> {
  const lists = await Promise.all(
    inputs.map(async (input) => ((await isFolder(input)) ? listFolder(input) : [input])),
  );
  return [...new Set(lists.flat())];
}

async function isFolder(path: string): Promise<boolean> {
  // What is not there is told by whoever opens it, so that the other inputs are done.
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() ?? false;
}

async function listFolder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries
    .filter((entry) => !entry.isDirectory() && EXTENSIONS.has(extname(entry.name).slice(1).toLowerCase()))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(
      (path) =>
        !path
          .slice(folder.length)
          .split(/[/\\]/)
          .some((part) => part.startsWith('.')),
    );
  if (files.length === 0)
    throw new MediaError('ERR_INPUT', `${folder} holds no video or picture: name a file, or another folder`);
  return files.sort();
}
