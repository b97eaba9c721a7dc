import { describeValue } from './describe-value.js';
import { MediaError } from './media-error.js';

/**
 * Refuses what lacks one of the members that tell a thing from others: a path, a promise or something else in its place fails at once, and
 * not deep inside.
 *
 * @param expected - how the message begins, such as `model: expected what openClip gives`.
 * @throws {MediaError} `ERR_INVALID_OPTIONS`
 */
export function requireMembers(value: unknown, members: readonly PropertyKey[], expected: string): void {
  if (typeof value === 'object' && value !== null && members.every((member) => member in value)) return;
  throw new MediaError('ERR_INVALID_OPTIONS', `${expected}, got ${describeValue(value)}`);
}
