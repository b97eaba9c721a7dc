import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Picture } from '@deepffmpeg/core';
import { describeWithShared, makeTemporaryFolder } from '@deepffmpeg/test-kit';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { overlapOf } from '../../src/candidate.js';
import { cocoLabels, openDetector } from '../../src/index.js';

interface Golden {
  readonly pictures: readonly {
    readonly name: string;
    /** Left, top, right, bottom in pixels of the picture. */
    readonly objects: readonly { class: number; score: number; box: [number, number, number, number] }[];
  }[];
}

const golden: Golden = JSON.parse(
  readFileSync(new URL('../golden/yolox-nano.json', import.meta.url), 'utf8'),
);

async function readPicture(path: string): Promise<Picture> {
  const { data, info } = await sharp(path).raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

// Measured: scores within 5e-6, edges within 0.001 pixels. Another JPEG decoder may differ by a level here and there: hence the tolerance.
describeWithShared('a real model finds what is on real pictures, as the reference does', (shared) => {
  test('dogs and a cat', async () => {
    const model = await openDetector(join(shared, 'models/yolox-nano'), {
      head: 'yolox',
      cacheFolder: await makeTemporaryFolder(),
    });
    const paths = golden.pictures.map(({ name }) => join(shared, 'media/images', name));
    const found = await model.detect(await Promise.all(paths.map(readPicture)));
    await model.close();

    golden.pictures.forEach(({ objects }, i) => {
      expect(found[i]?.map(({ label }) => label)).toEqual(objects.map((object) => cocoLabels[object.class]));
      objects.forEach(({ score, box: [left, top, right, bottom] }, j) => {
        const { confidence, region } = found[i]![j]!; // as many as the reference
        const box = {
          left: region.x,
          top: region.y,
          right: region.x + region.width,
          bottom: region.y + region.height,
        };
        expect(Math.abs(confidence - score)).toBeLessThan(0.01);
        expect(overlapOf(box, { left, top, right, bottom })).toBeGreaterThan(0.98);
      });
    });
    expect(found[0]?.filter(({ label }) => label === 'dog').length).toBeGreaterThan(1);
    expect(found[1]?.[0]).toMatchObject({ label: 'cat' });
  });
});
