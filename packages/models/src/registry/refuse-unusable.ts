import { MediaError } from '@deepffmpeg/core';
import type { Dtype } from '../model-folder.js';
import type { KnownModel } from './known-model.js';

/** @throws {MediaError} `ERR_INVALID_OPTIONS` for networks that are published and known not to work. */
export function refuseUnusable(known: KnownModel | undefined, dtype: Dtype): void {
  const reason = known?.unusable?.[dtype];
  if (reason !== undefined)
    throw new MediaError('ERR_INVALID_OPTIONS', `${dtype} of ${known?.name} cannot be used: ${reason}`);
}
