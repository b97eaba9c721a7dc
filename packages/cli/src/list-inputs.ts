import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { MediaError, type Modality } from '@deepffmpeg/core';

/** Names that are worth opening when a whole folder is given; a file that is named itself needs none of them. */
const VIDEO =
  '3g2 3gp asf avi divx dv f4v flv gxf h264 h265 hevc ivf m2t m2ts m2v m4v mkv mov mp4 mpeg mpg mts mxf nut ogm ogv qt rm rmvb ts vob webm wmv y4m';
/** What is read as one picture, the first of those that have several. */
const STILLS = 'apng avif bmp gif jpeg jpg mjpeg png tif tiff webp';
const SOUND =
  'aac ac3 aif aiff amr ape au caf dts eac3 flac m4a m4b mka mp2 mp3 mpc oga ogg opus spx tak tta w64 wav weba wma wv';
const EXTENSIONS: Readonly<Record<Modality, string>> = {
  vision: `${VIDEO} ${STILLS}`,
  audio: `${VIDEO} ${SOUND}`,
};

/**
 * Puts a folder's files that can be seen, or heard, also from folders inside it, in its place, by name; hidden ones are left out. What
 * is no folder stays as it is, and so does a folder without any; one that cannot be read stands among the files of the folder around it: see
 * `refuseNoFile`.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS` for an empty name, as of a variable that is not set
 */
export async function listInputs(
  inputs: readonly string[],
  modalities: readonly Modality[],
  { withStills = true } = {},
): Promise<string[]> {
  if (inputs.includes(''))
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      'an input is empty, as a variable that is not set: name a file, a folder, an address or - (stdin)',
    );
  const extensions = new Set(modalities.flatMap((modality) => EXTENSIONS[modality].split(' ')));
  if (!withStills) for (const extension of STILLS.split(' ')) extensions.delete(extension);
  const lists = await Promise.all(
    inputs.map(async (input) => ((await isFolder(input)) ? listFolder(input, extensions) : [input])),
  );
  return [...new Set(lists.flat())];
}

/**
 * Tells why a folder that `listInputs` left as it is cannot be an input, nor a pipe, which is read more than once; returns for all else.
 *
 * @throws {MediaError} `ERR_INPUT`
 */
export async function refuseNoFile(path: string): Promise<void> {
  if (await isFile(path)) return;
  if (!(await isFolder(path)))
    throw new MediaError(
      'ERR_INPUT',
      `${path} is no regular file but a pipe or a device: hand its bytes over as stdin, as in: cat film.mkv | deepffmpeg classify -`,
    );
  const cause = await readdir(path).then(
    () => undefined,
    (error: Error) => error,
  );
  const problem = cause
    ? `cannot be read: ${cause.message}`
    : 'holds no media files of the kind that was asked for';
  throw new MediaError('ERR_INPUT', `${path} ${problem}: name a file, or another folder`, { cause });
}

export async function isFolder(path: string): Promise<boolean> {
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

async function listFolder(folder: string, extensions: ReadonlySet<string>): Promise<string[]> {
  const paths = await walk(folder, extensions);
  return paths.length === 0 ? [folder] : paths.sort();
}

/** One by one, since Node's own `recursive` gives nothing at all where one folder cannot be read: that one is then an input that fails. */
async function walk(folder: string, extensions: ReadonlySet<string>): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => undefined);
  if (!entries) return [folder];
  const paths: string[] = [];
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) for (const each of await walk(path, extensions)) paths.push(each);
    else if (extensions.has(extname(entry.name).slice(1).toLowerCase()) && (await isFile(path)))
      paths.push(path);
  }
  return paths;
}
