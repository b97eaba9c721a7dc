import { type Dtype, type ModelFolder, onnxFileName } from '../model-folder.js';
import type { ModelTask } from '../registry/known-model.js';
import { type ResolveModelOptions, resolveModel } from '../resolve-model.js';
import { networksOf } from './choose-files.js';

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
  const networks = task ? networksOf[task].map((part) => onnxFileName(part, dtype)) : [];
  const configs = task === 'detect' ? [] : ['config.json'];
  const tokenizer = task === 'clip' || task === 'clap' ? ['tokenizer.json'] : [];
  return resolveModel(nameOrFolder, { ...options, files: [...configs, ...tokenizer, ...networks] });
}
