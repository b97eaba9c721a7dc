import type { EncodedLabelSet } from '@deepffmpeg/core';

/** Squared distance of vectors of length 1, each read from other words: nearer is the same. A cosine of 1 - 1e-6. */
const ALIKE = 2e-6;

/** Tells of labels of one group that a model reads alike, as a small one does with words that it does not know. */
export function findAlike({ labelSet, vectors, rowsPerLabel, model }: EncodedLabelSet): string[] {
  if (rowsPerLabel?.some((rows) => rows !== 1)) return []; // several sentences stand for a label
  const count = labelSet.groups.reduce((sum, { labels }) => sum + labels.length, 0);
  const dimension = vectors.length / count;
  let first = 0;
  return labelSet.groups.flatMap(({ labels }) => {
    const rows = labels.map((_, i) => vectors.subarray((first + i) * dimension, (first + i + 1) * dimension));
    first += labels.length;
    for (const [i, row] of rows.entries()) {
      const same = rows.findIndex((before) => areAlike(before, row)); // at the latest the row itself
      if (same < i)
        return [
          `${model} gives "${labels[same]}" and "${labels[i]}" the same embedding, so their scores say nothing: does it know these words?`,
        ];
    }
    return [];
  });
}

/** Stops at the first numbers that tell them apart: a thousand labels are half a million pairs. */
function areAlike(a: Float32Array, b: Float32Array): boolean {
  let distance = 0;
  for (let i = 0; i < a.length; i++) {
    distance += (a[i]! - b[i]!) ** 2; // rows of one length
    if (distance > ALIKE) return false;
  }
  return true;
}
