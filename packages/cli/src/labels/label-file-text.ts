import type { PromptSet } from '@deepffmpeg/core';

/** Writes labels or categories as their files have them, so that what is read back is the same. */
export function labelFileText({ kind, groups }: PromptSet): string {
  if (kind === 'labels')
    return groups.flatMap(({ labels }) => labels.map(({ label }) => `${label}\n`)).join('');
  return groups
    .map(({ name, labels }) =>
      [`[${name}]`, ...labels.flatMap(({ label, sentences = [] }) => [`(${label})`, ...sentences]), ''].join(
        '\n',
      ),
    )
    .join('\n');
}
