import { isMediaError } from '@deepffmpeg/core';
import { type Dtype, type ModelTask, whereIs } from '@deepffmpeg/models';
import type { CliIo } from '../cli-io.js';
import { isThere } from '../is-there.js';
import { pullWithProgress } from './pull-models.js';

/** Brings a model that was named and is not in the cache; one that is there is used without asking anybody. */
export async function downloadMissing(
  nameOrPath: string,
  options: { readonly task: ModelTask; readonly dtype?: Dtype },
  io: CliIo,
): Promise<void> {
  if ((await isThere(nameOrPath)) || (await isCached(nameOrPath, options))) return;
  await pullWithProgress(nameOrPath, options, io);
}

async function isCached(
  name: string,
  options: { readonly task: ModelTask; readonly dtype?: Dtype },
): Promise<boolean> {
  try {
    await whereIs(name, options);
    return true;
  } catch (error) {
    if (isMediaError(error, 'ERR_MODEL_MISSING')) return false;
    throw error;
  }
}
