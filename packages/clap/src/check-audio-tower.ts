import { requireMembers } from '@deepffmpeg/core';

/** @throws {MediaError} `ERR_INVALID_OPTIONS` for a path, a promise or a model that does not hear */
export function checkAudioTower(model: unknown): void {
  requireMembers(model, ['embed', 'windowSeconds'], 'model: expected what openClap gives');
}
