import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { MediaError } from '@deepffmpeg/core';
import { cacheFolders } from './cache-folders.js';
import { type KnownModel, knownModels } from './known-models.js';
import { isFile, type ModelFolder, missingFromHub } from './model-folder.js';
import { readRegularFile } from './read-regular-file.js';

export interface ResolveModelOptions {
  /** Files that must be there, relative to the model's folder. @defaultValue config.json */
  readonly files?: readonly string[];
  /** @defaultValue our own */
  readonly registry?: readonly KnownModel[];
  /** The hub's cache folder. @defaultValue `cacheFolders().hub` */
  readonly hubCache?: string;
}

/** `organisation/name`, as the hub allows it: no path can be built from it that leaves the cache. */
const repositoryPattern = /^[A-Za-z0-9][\w.-]{0,95}\/[A-Za-z0-9_][\w.-]{0,95}$/;

/**
 * Finds a model's folder: an existing folder, a hub repository (`organisation/name`) in the hub's cache, or a name
 * from the registry. Downloads nothing.
 *
 * @throws {MediaError} `ERR_MODEL_MISSING` when nothing is found, saying where it was looked for and what to do.
 */
export async function resolveModel(
  nameOrFolder: string,
  {
    files = ['config.json'],
    registry = knownModels,
    hubCache = cacheFolders().hub,
  }: ResolveModelOptions = {},
): Promise<ModelFolder> {
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
  const known = registry.find(({ name, repository }) => nameOrFolder === name || nameOrFolder === repository);
  const repository = known?.repository ?? nameOrFolder;
  if (!isRepositoryName(repository)) {
    const names = registry.map(({ name }) => name).join(', ');
    throw new MediaError(
      'ERR_MODEL_MISSING',
      `there is no model ${nameOrFolder}: it is neither a folder that exists, nor a name on the hub ` +
        `(organisation/name), nor one of ${names}`,
    );
  }
  const path = await findSnapshot(hubCache, repository, files);
  return { path, name: repository, hubCache, known };
}

function isRepositoryName(name: string): boolean {
  return repositoryPattern.test(name) && !name.includes('..') && !name.includes('--');
}

async function findSnapshot(hubCache: string, repository: string, files: readonly string[]): Promise<string> {
  const missing = (file: string) =>
    new MediaError('ERR_MODEL_MISSING', missingFromHub(repository, file, hubCache));
  const folder = join(hubCache, `models--${repository.replace('/', '--')}`);
  const reference = await readRegularFile(join(folder, 'refs', 'main'), 1024).catch(() => '');
  const commit = reference.toString().trim();
  if (!/^[0-9a-f]{40}$/.test(commit)) throw missing(files[0] ?? 'config.json');
  const snapshot = join(folder, 'snapshots', commit);
  for (const file of files) if (!(await isFile(join(snapshot, file)))) throw missing(file);
  return snapshot;
}
