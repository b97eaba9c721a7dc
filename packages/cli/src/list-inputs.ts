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
 * is no folder stays as it is, and so does a folder without any or that cannot be read: see `refuseFolder`.
 */
export async function listInputs(inputs: readonly string[]): Promise<string[]> {
  const lists = await Promise.all(
    inputs.map(async (input) => ((await isFolder(input)) ? listFolder(input) : [input])),
  );
  return [...new Set(lists.flat())];
}

/**
 * Tells why a folder that `listInputs` left as it is cannot be an input; returns for all else.
 *
 * @throws {MediaError} `ERR_INPUT`
 */
export async function refuseFolder(path: string): Promise<void> {
  if (!(await isFolder(path))) return;
  const cause = await readdir(path).then(
    () => undefined,
    (error: Error) => error,
  );
  const problem = cause ? `cannot be read: ${cause.message}` : 'holds no video or picture';
  throw new MediaError('ERR_INPUT', `${path} ${problem}: name a file, or another folder`, { cause });
}

async function isFolder(path: string): Promise<boolean> {
  // What is not there is told by whoever opens it, so that the other inputs are done.
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() ?? false;
}

/** A pipe or a device with a medium's name would never end. */
async function isFile(path: string): Promise<boolean> {
  // A link to nothing is told as an input that is not there.
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ?? true;
}

async function listFolder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  const paths = entries
    .filter((entry) => EXTENSIONS.has(extname(entry.name).slice(1).toLowerCase()))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !isHidden(path.slice(folder.length)));
  const files: string[] = [];
  for (const path of paths) if (await isFile(path)) files.push(path);
  return files.length === 0 ? [folder] : files.sort();
}

const isHidden = (path: string) => path.split(/[/\\]/).some((part) => part.startsWith('.'));
