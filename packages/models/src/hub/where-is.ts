import type { Dtype, ModelFolder } from '../model-folder.js';
import type { ModelTask } from '../registry/known-model.js';
import { type ResolveModelOptions, resolveModel } from '../resolve-model.js';
import { requiredFiles } from './choose-files.js';

export interface WhereIsOptions extends Pick<ResolveModelOptions, 'hubCache' | 'registry'> {
  /** Which networks must be there. @defaultValue 'fp32' */
  readonly dtype?: Dtype | undefined;
  /** What for; without it, only `config.json` must be there. */
  readonly task?: ModelTask | undefined;
}

/**
 * Finds a model with all that opening it needs, without asking anybody.
 *
 * @throws {MediaError} `ERR_MODEL_MISSING`, saying what is missing and what brings it.
 */
export async function whereIs(
  nameOrFolder: string,
  { dtype, task, ...options }: WhereIsOptions = {},
): Promise<ModelFolder> {
  return resolveModel(nameOrFolder, { ...options, files: task && requiredFiles(task, dtype) });
}
