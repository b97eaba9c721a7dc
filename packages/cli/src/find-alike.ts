import type { EncodedLabelSet } from '@deepffmpeg/core';

/** Of vectors of length 1, each read from other words: nearer is the same. */
const ALIKE = 1 - 1e-6;

/** Tells of labels of one group that a model reads alike, as a small one does with words that it does not know. */
export function findAlike({ labelSet, vectors, rowsPerLabel, model }: EncodedLabelSet): string[] {
  if (rowsPerLabel?.some((rows) => rows !== 1)) return []; // several sentences stand for a label
  const count = labelSet.groups.reduce((sum, { labels }) => sum + labels.length, 0);
  const dimension = vectors.length / count;
  let first = 0;
  return labelSet.groups.flatMap(({ labels }) => {
    const rows = labels.map((_, i) => vectors.subarray((first + i) * dimension, (first + i + 1) * dimension));
    first += labels.length;
    const other = rows.findIndex((row, i) => rows.slice(0, i).some((before) => cosine(row, before) > ALIKE));
    if (other < 0) return [];
    const same = rows.findIndex((row) => cosine(row, rows[other]!) > ALIKE); // `other` is one of them
    return [
      `${model} reads "${labels[same]}" and "${labels[other]}" alike, so their scores say nothing: does it know these words?`,
    ];
  });
}

const cosine = (a: Float32Array, b: Float32Array) =>
  a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
