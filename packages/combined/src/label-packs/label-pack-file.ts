import { join } from 'node:path';
import { MediaError } from '@deepffmpeg/core';
import { labelsFolder } from '../labels-folder.js';
import { findLabelPack } from './find-label-pack.js';

/** Has no file, lest its names stand twice: see `cocoLabels`. */
export const COCO = 'coco';

/**
 * Absolute path of a pack's file, for programs that read label files themselves.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS` when there is no such pack, naming those that exist, or when it is `coco`, which has no file.
 */
export function labelPackFile(name: string): string {
  findLabelPack(name);
  if (name === COCO)
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      'the label pack "coco" is no file but `cocoLabels` of @deepffmpeg/detect: "deepffmpeg labels show coco > coco.txt" makes one',
    );
  return join(labelsFolder, `${name}.txt`);
}
