import { MediaError } from '@deepffmpeg/core';

/**
 * The error where no input was named.
 *
 * @param taken - flags that take a file, or may: what was written behind one was perhaps meant for an input.
 */
export function noInput(taken: Readonly<Record<string, string | true | undefined>>): MediaError {
  const hints = Object.entries(taken).flatMap(([flag, value]) =>
    typeof value === 'string' ? [` (${value} was taken for the file of ${flag})`] : [],
  );
  const message = 'name at least one input: a file, a folder, an address or - (stdin)';
  return new MediaError('ERR_INVALID_OPTIONS', `${message}${hints.join('')}`);
}
