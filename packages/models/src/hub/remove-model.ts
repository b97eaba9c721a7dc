import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { MediaError } from '@deepffmpeg/core';
import { cacheFolders } from '../cache-folders.js';
import { knownModels } from '../known-models.js';
import type { KnownModel } from '../registry/known-model.js';
import { cannotWrite } from './cannot-write.js';
import { type CachedModel, listModels } from './list-models.js';
import { parseModelName } from './model-name.js';

/**
 * Takes a model out of the hub's cache, with all its revisions, for all clients; tells what it was.
 *
 * @throws {MediaError} `ERR_MODEL_MISSING` when it is not there, `ERR_INVALID_OPTIONS` for what is no string, and for a single revision, since
 * revisions share files; `ERR_OUTPUT` when it cannot be removed.
 */
export async function removeModel(
  name: string,
  {
    hubCache = cacheFolders().hub,
    registry = knownModels,
  }: { readonly hubCache?: string | undefined; readonly registry?: readonly KnownModel[] | undefined } = {},
): Promise<CachedModel> {
  const { repository } = parseModelName(name, registry);
  if (name.includes('@')) {
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      `${name}: a model is removed with all its revisions; give ${name.split('@')[0]}`,
    );
  }
  const found = (await listModels({ hubCache, registry })).find((model) => model.name === repository);
  if (!found) throw new MediaError('ERR_MODEL_MISSING', `${repository} is not in the cache ${hubCache}`);
  try {
    await rm(found.path, { recursive: true });
    await rm(join(hubCache, '.locks', basename(found.path)), { recursive: true, force: true });
  } catch (error) {
    throw cannotWrite(error, hubCache);
  }
  return found;
}
