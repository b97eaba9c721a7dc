import { MediaError } from '@deepffmpeg/core';
import { isMissingModelError } from '@deepffmpeg/models';

/**
 * Tells of a model that is not in the cache what a user of the shell can do; any other error is left as it is.
 *
 * @param flags - what else the command has that helps.
 */
export function inShellWords(error: unknown, flags: readonly string[] = []): unknown {
  if (!isMissingModelError(error)) return error;
  const { problem, model, dtype } = error;
  const command = `"deepffmpeg models pull ${model}${dtype ? ` --dtype ${dtype}` : ''}"`;
  const pull = `download it with ${command} (on a connected machine; then copy that folder here, if it is another)`;
  const advice = [pull, ...flags, "name a model's folder"].join(', or ');
  return new MediaError('ERR_MODEL_MISSING', `${problem}: ${advice}`, { cause: error });
}
