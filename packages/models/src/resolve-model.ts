import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { MediaError } from '@deepffmpeg/core';
import { cacheFolders } from './cache-folders.js';
import { findSnapshot } from './hub/hub-folders.js';
import { checkName, parseModelName } from './hub/model-name.js';
import { knownModels } from './known-models.js';
import { isFile, type ModelFolder, missingFromHub } from './model-folder.js';
import type { KnownModel } from './registry/known-model.js';

export interface ResolveModelOptions {
  /** Files that must be there, relative to the model's folder. @defaultValue config.json */
  readonly files?: readonly string[] | undefined;
  /** @defaultValue our own */
  readonly registry?: readonly KnownModel[] | undefined;
  /** The hub's cache folder. @defaultValue `cacheFolders().hub` */
  readonly hubCache?: string | undefined;
}

/**
 * Finds a model's folder: an existing folder, a hub repository (`organisation/name`) in the hub's cache, or a name
 * from the registry; the latter two may end in `@revision`. Downloads nothing: `pullModel` does.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS` for what is no string; `ERR_MODEL_MISSING` when nothing is found, saying where it was looked for and what to do.
 */
export async function resolveModel(
  nameOrFolder: string,
  {
    files = ['config.json'],
    registry = knownModels,
    hubCache = cacheFolders().hub,
  }: ResolveModelOptions = {},
): Promise<ModelFolder> {
  checkName(nameOrFolder);
  const found = await stat(nameOrFolder).catch(() => undefined);
  if (found?.isDirectory()) {
    const path = resolve(nameOrFolder);
    return { path, name: basename(path) };
  }
  if (found) {
    throw new MediaError(
      'ERR_MODEL_MISSING',
      `${nameOrFolder} is a file; a model is a folder with an onnx folder in it`,
    );
  }
  const { repository, revision, known } = parseModelName(nameOrFolder, registry);
  const path = await findSnapshot(hubCache, repository, revision);
  const missing = (file: string) =>
    missingFromHub({ name: nameOrFolder, file, hubCache, isFolder: !known && path === undefined });
  if (path === undefined) throw missing(files[0] ?? 'config.json');
  for (const file of files) if (!(await isFile(join(path, file)))) throw missing(file);
  return { path, name: repository, hubCache, ...(known && { known }) };
}
