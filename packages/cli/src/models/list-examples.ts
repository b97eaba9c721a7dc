import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type LabelSet, MediaError, type Modality, makeLabels, type PromptSet } from '@deepffmpeg/core';
import { isFolder, listInputs } from '../list-inputs.js';

/** The names of a folder's folders as labels. @throws {MediaError} `ERR_INPUT` */
export async function labelsOfFolder(folder: string): Promise<PromptSet> {
  const names = await foldersIn(folder);
  if (names.length === 0)
    throw new MediaError(
      'ERR_INPUT',
      `${folder} holds no folders: put examples of each label into a folder called like it, ${join(folder, 'LABEL')}`,
    );
  try {
    return makeLabels(names, folder);
  } catch (cause) {
    // What is wrong are folders, not labels that a flag names.
    throw new MediaError('ERR_INPUT', (cause as Error).message, { cause }); // makeLabels throws nothing but errors
  }
}

/**
 * Finds examples: a folder for each label, or for each unit with a folder for each category in it; a category of one unit only may stand alone.
 *
 * @returns the files, by name within each label, with the place of the label in label order.
 * @throws {MediaError} `ERR_INPUT` when a folder is of no label, or holds nothing to see or hear.
 */
export async function listExamples(
  folder: string,
  labelSet: LabelSet,
  modality: Modality,
): Promise<Map<string, number>> {
  const files = new Map<string, number>();
  for (const { path, index } of await placeFolders(folder, labelSet)) {
    const found = await listInputs([path], [modality]);
    if (found.length === 1 && found[0] === path)
      throw new MediaError(
        'ERR_INPUT',
        `${path} holds no ${modality === 'vision' ? 'images or video' : 'audio'}: put examples into it, or remove it`,
      );
    for (const file of found) files.set(file, index);
  }
  return files;
}

interface PlacedFolder {
  readonly path: string;
  readonly index: number;
}

async function placeFolders(folder: string, labelSet: LabelSet): Promise<PlacedFolder[]> {
  let index = 0;
  const places = labelSet.groups.flatMap(({ name, labels }) =>
    labels.map((label) => ({ group: name, label, index: index++ })),
  );
  const isUnit = (name: string) =>
    labelSet.kind === 'categories' && labelSet.groups.some((group) => group.name === name);
  const find = (path: string, label: string, group?: string): PlacedFolder => {
    const fitting = places.filter(
      (place) => place.label === label && (group === undefined || place.group === group),
    );
    const [place] = fitting;
    if (place && fitting.length === 1) return { path, index: place.index };
    const problem = place
      ? `"${label}" is a category of ${fitting.map((each) => each.group).join(' and ')}: put it into a folder for each unit`
      : `"${label}" is not among ${places.map((each) => each.label).join(', ')}: rename or remove the folder, or name other labels`;
    throw new MediaError('ERR_INPUT', `${path}: ${problem}`);
  };
  const names = await foldersIn(folder);
  const placed = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      if (!isUnit(name)) return [find(path, name)];
      return (await foldersIn(path)).map((label) => find(join(path, label), label, name));
    }),
  );
  return placed.flat();
}

/** By name, without hidden ones. @throws {MediaError} `ERR_INPUT` */
async function foldersIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((cause) => {
    throw new MediaError('ERR_INPUT', `the folder ${folder} cannot be read: ${cause.message}`, { cause });
  });
  const found = await Promise.all(
    names.map(async (name) => !name.startsWith('.') && (await isFolder(join(folder, name)))),
  );
  return names.filter((_, i) => found[i]).toSorted();
}
