import { MediaError } from '@deepffmpeg/core';

export function inputError(message: string, cause?: unknown): MediaError {
  return new MediaError('ERR_INPUT', message, { cause });
}
