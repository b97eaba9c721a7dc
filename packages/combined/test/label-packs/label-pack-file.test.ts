import { readLabelFile } from '@deepffmpeg/core';
import { expect, test } from 'vitest';
import { labelPackFile, labelPacks, readLabelPack } from '../../src/index.js';

test.each(labelPacks.filter(({ name }) => name !== 'coco'))(
  '$name is a file in the format of label files',
  async (pack) => {
    const path = labelPackFile(pack.name);
    const { groups } = await readLabelPack(pack.name);
    expect(await readLabelFile(path, pack.kind)).toEqual({ name: path, kind: pack.kind, groups });
  },
);

test('coco has no file, and says how to get one', () => {
  expect(() => labelPackFile('coco')).toThrow(/labels show coco > coco\.txt/);
});

test.each(['', 'nothing', '../README', 'toString'])('there is no pack "%s"', (name) => {
  expect(() => labelPackFile(name)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_OPTIONS' }));
});
