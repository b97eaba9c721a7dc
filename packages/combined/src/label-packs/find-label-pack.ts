import { MediaError } from '@deepffmpeg/core';
import { type LabelPack, labelPacks } from './label-packs.js';

/** @throws {MediaError} `ERR_INVALID_OPTIONS`, naming the packs that exist. */
export function findLabelPack(name: string): LabelPack {
  const pack = labelPacks.find((each) => each.name === name);
  if (pack) return pack;
  const names = labelPacks.map((each) => each.name).join(', ');
  throw new MediaError('ERR_INVALID_OPTIONS', `there is no label pack "${name}": there are ${names}`);
}
