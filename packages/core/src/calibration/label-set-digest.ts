import { createHash } from 'node:crypto';
import type { PromptSet } from '../prompt-set.js';

/**
 * Tells label sets apart by what is read of them: groups, labels and sentences, and the template where a label has no sentences. Neither the order nor the
 * set's name counts.
 *
 * @returns SHA-256, in hexadecimal.
 */
export function labelSetDigest({ kind, groups }: PromptSet, template: string): string {
  const read = groups.map(({ name, labels }) => [
    name,
    labels.map(({ label, sentences = [] }) => [label, sentences.toSorted()]).toSorted(byText),
  ]);
  const isFilled = groups.some(({ labels }) => labels.some(({ sentences = [] }) => sentences.length === 0));
  const canonical = JSON.stringify([kind, read.toSorted(byText), isFilled ? template : null]);
  return createHash('sha256').update(canonical).digest('hex');
}

/** By code units, the same everywhere. */
function byText(a: unknown, b: unknown): number {
  const [first, second] = [JSON.stringify(a), JSON.stringify(b)];
  return first < second ? -1 : first > second ? 1 : 0;
}
