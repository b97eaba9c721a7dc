import { MediaError } from '@deepffmpeg/core';

/**
 * Puts a label into a prompt template, in the place of its first `{}`. Both are taken literally: a label may hold
 * `{}` or `$&`.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS` when the template has no `{}`.
 */
export function fillTemplate(template: string, label: string): string {
  const start = template.indexOf('{}');
  if (start < 0) {
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      `the prompt template "${template}" lacks {}, the place of the label`,
    );
  }
  return template.slice(0, start) + label + template.slice(start + 2);
}
