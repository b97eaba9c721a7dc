import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { MediaError, writeAtomicFile } from '@deepffmpeg/core';
import { makeFolder } from './make-folder.js';

/** In the folder: the names of the pictures that are ours to replace, one a line. */
const LIST = '.deepffmpeg-pictures';

/** A folder of numbered pictures, which a later run replaces. */
export interface ShotFolder {
  pathOf(number: number): string;
  /** Takes away what an earlier run, with more shots, has left. */
  finish(): Promise<void>;
}

/**
 * Makes the folder, or takes it from an earlier run.
 *
 * @param count - how many pictures there will be.
 * @throws {MediaError} `ERR_OUTPUT` when pictures of others are there that have such names.
 */
export async function openShotFolder(folder: string, count: number): Promise<ShotFolder> {
  await makeFolder(folder);
  const list = join(folder, LIST);
  const before = new Set(pictureNames(await readFile(list, 'utf8').catch(() => ''))); // no list, no picture of ours
  const strange = pictureNames((await readdir(folder)).join('\n')).find((name) => !before.has(name));
  if (strange !== undefined)
    throw new MediaError(
      'ERR_OUTPUT',
      `${join(folder, strange)} is of no earlier run and might be lost: move it, or name another --output-dir`,
    );
  const names = new Set(Array.from({ length: count }, (_, index) => nameOf(index + 1)));
  const keep = (all: Iterable<string>) => writeAtomicFile(list, `${[...all].join('\n')}\n`);
  await keep(new Set([...before, ...names])); // first: an interrupted run leaves no picture that it does not name
  return {
    pathOf: (number) => join(folder, nameOf(number)),
    async finish() {
      for (const name of before) if (!names.has(name)) await rm(join(folder, name), { force: true });
      await keep(names);
    },
  };
}

const nameOf = (number: number) => `${String(number).padStart(4, '0')}.jpg`;

const pictureNames = (lines: string): string[] => lines.match(/^\d{4,}\.jpg$/gm) ?? [];
