import { makeLabels, type PromptSet, readLabelFile } from '@deepffmpeg/core';
import { cocoLabels } from '@deepffmpeg/detect';
import { findLabelPack } from './find-label-pack.js';
import { COCO, labelPackFile } from './label-pack-file.js';

/**
 * Reads a pack, as a label set that is named `pack:NAME`. Sentences of categories go to a model as they are; labels fill its template.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS` when there is no such pack, naming those that exist; `ERR_LABELS` when its file
 * cannot be read; an `AbortError`.
 */
export async function readLabelPack(
  name: string,
  options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<PromptSet> {
  const { kind } = findLabelPack(name);
  const setName = `pack:${name}`;
  if (name === COCO) return makeLabels(cocoLabels, setName);
  return { ...(await readLabelFile(labelPackFile(name), kind, options)), name: setName };
}
