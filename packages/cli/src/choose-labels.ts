import { stat } from 'node:fs/promises';
import { MediaError, makeLabels, type PromptSet, readLabelFile } from '@deepffmpeg/core';

export interface LabelChoice {
  /** A file of labels, or labels with commas between. */
  readonly clipLabels?: string;
  /** A file of categories. */
  readonly clipCategories?: string;
}

/**
 * Reads what to look for.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS` when none or both are given, `ERR_LABELS`
 */
export async function chooseLabels(
  { clipLabels, clipCategories }: LabelChoice,
  signal: AbortSignal,
): Promise<PromptSet> {
  if (clipLabels !== undefined && clipCategories !== undefined)
    throw new MediaError('ERR_INVALID_OPTIONS', 'give --clip-labels or --clip-categories, not both');
  if (clipCategories !== undefined) return readLabelFile(clipCategories, 'categories', { signal });
  if (clipLabels === undefined) {
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      'say what to look for: --clip-labels "a cat,a dog", --clip-labels FILE or --clip-categories FILE',
    );
  }
  if (await isThere(clipLabels)) return readLabelFile(clipLabels, 'labels', { signal });
  if (!clipLabels.includes(','))
    throw new MediaError(
      'ERR_LABELS',
      `${clipLabels} is no file, and a list of labels has commas: "a cat,a dog"`,
    );
  const labels = clipLabels.split(',').map((label) => label.trim());
  return makeLabels(
    labels.filter((label) => label !== ''),
    '--clip-labels',
  );
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
