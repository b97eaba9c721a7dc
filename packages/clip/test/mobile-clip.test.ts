import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Picture, resizePicture } from '@deepffmpeg/core';
import { makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import { createPixelWriter } from '../src/create-pixel-writer.js';
import { readPreprocessing } from '../src/read-preprocessing.js';

interface Golden {
  readonly settings: object;
  readonly cases: readonly {
    readonly from: readonly [width: number, height: number];
    readonly transformers: string;
    readonly open_clip: string;
    readonly first: readonly number[];
  }[];
}

// transformers 4.57.6, open_clip_torch 3.3.0 and Pillow 13.0.0: tools/golden/mobile_clip_pixels.py
const golden: Golden = JSON.parse(readFileSync(new URL('golden/mobile-clip.json', import.meta.url), 'utf8'));

/** The same pixels as in the script. */
function noise(width: number, height: number): Picture {
  let state = 1;
  const data = Uint8Array.from({ length: width * height * 3 }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
  return { width, height, data };
}

/** What the image tower is given, float32, `[3, 256, 256]`. */
async function pixelsOf(picture: Picture): Promise<Float32Array> {
  const path = await makeTemporaryFolder();
  await writeFile(join(path, 'preprocessor_config.json'), JSON.stringify(golden.settings));
  const preprocessing = await readPreprocessing({ path, name: 'made' });
  const pixels = new Float32Array(3 * 256 * 256);
  createPixelWriter(preprocessing)(resizePicture(picture, preprocessing.resize), pixels, 0);
  return pixels;
}

const digest = (pixels: Float32Array) =>
  createHash('sha256')
    .update(Uint8Array.from(pixels, (value) => Math.round(value * 255)))
    .digest('hex');

test.each(golden.cases)('pictures of $from come as from the reference in every bit', async (expected) => {
  const pixels = await pixelsOf(noise(...expected.from));
  expect(digest(pixels)).toBe(expected.transformers);
  expected.first.forEach((value, i) => {
    expect(pixels[i]).toBeCloseTo(value, 6);
  });
});

test('open_clip gives the same, but where half a pixel is left over it may cut a pixel further on', () => {
  const differing = golden.cases.filter(({ transformers, open_clip }) => transformers !== open_clip);
  // Of an odd rest transformers takes the lower half, and Python's rounding, as in open_clip, the even one.
  const rest = ([width, height]: readonly [number, number]) =>
    Math.floor((256 * Math.max(width, height)) / Math.min(width, height)) - 256;
  expect(differing.length).toBeGreaterThan(0);
  for (const { from } of differing) expect(rest(from) % 4).toBe(3);
  for (const { from, transformers, open_clip } of golden.cases)
    if (rest(from) % 4 !== 3) expect(open_clip).toBe(transformers);
});
