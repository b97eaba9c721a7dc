import { isMediaError, MediaError } from '@deepffmpeg/core';
import type { Dtype } from './model-folder.js';

interface MissingModel {
  /** What is not there, and where it was looked for. */
  readonly problem: string;
  /** As `pullModel` takes it. */
  readonly model: string;
  /** Set where it is other networks than those of 32 bits that are missing. */
  readonly dtype?: Dtype;
}

/** A model of the hub is not in the cache, and `pullModel` would bring it. */
export class MissingModelError extends MediaError implements MissingModel {
  readonly problem: string;
  readonly model: string;
  readonly dtype?: Dtype;

  constructor({ problem, model, dtype }: MissingModel, options?: ErrorOptions) {
    const call = `pullModel(${JSON.stringify(model)}${dtype ? `, { dtype: '${dtype}' }` : ''})`;
    const advice = `download it with ${call} (on a connected machine; then copy that folder here, if it is another), or give a model's folder`;
    super('ERR_MODEL_MISSING', `${problem}: ${advice}`, options);
    this.problem = problem;
    this.model = model;
    this.dtype = dtype;
  }
}

/** By its fields, for the reason that `isMediaError` goes by the name. */
export const isMissingModelError = (error: unknown): error is MissingModelError =>
  isMediaError(error, 'ERR_MODEL_MISSING') && 'problem' in error && 'model' in error;
