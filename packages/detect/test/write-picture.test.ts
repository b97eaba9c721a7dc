import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@deepffmpeg/test-kit';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { formatPicture, writePicture } from '../src/index.js';

const picture = { width: 3, height: 2, data: Uint8Array.from({ length: 18 }, (_, i) => 13 * i) };

test.each([
  ['.png', 'png', 0],
  ['.jpg', 'jpeg', 60],
  ['.JPEG', 'jpeg', 60],
  ['.webp', 'webp', 120],
])('writes %s', async (ending, format, tolerance) => {
  const path = join(await makeTemporaryFolder(), `out${ending}`);
  await writePicture(path, picture);
  const bytes = await readFile(path);
  expect((await sharp(bytes).metadata()).format).toBe(format);
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  expect([info.width, info.height, info.channels]).toEqual([3, 2, 3]);
  for (const [i, value] of picture.data.entries())
    expect(Math.abs(data[i]! - value)).toBeLessThanOrEqual(tolerance);
});

test('keeps the colours of thin lines in JPEG', async () => {
  const lines = { width: 16, height: 16, data: new Uint8Array(768) };
  for (let i = 0; i < 256; i++) lines.data[3 * i + (i % 2) * 2] = 255; // red and blue in turn
  const data = await sharp(await formatPicture(lines, { format: 'jpeg' }))
    .raw()
    .toBuffer();
  for (const [i, value] of lines.data.entries()) expect(Math.abs(data[i]! - value)).toBeLessThan(60);
});

test('writes over a file only when all is well', async () => {
  const folder = await makeTemporaryFolder();
  const path = join(folder, 'out.webp');
  await writeFile(path, 'before');
  const large = { width: 20_000, height: 1, data: new Uint8Array(60_000) }; // WebP ends at 16383
  await expect(writePicture(path, large)).rejects.toMatchObject({ code: 'ERR_OUTPUT' });
  expect(await readFile(path, 'utf8')).toBe('before');
  expect(await readdir(folder)).toEqual(['out.webp']);
  await writePicture(path, picture);
  expect(await readFile(path)).toEqual(Buffer.from(await formatPicture(picture, { format: 'webp' })));
});

test('refuses other endings, and places that cannot be written', async () => {
  const folder = await makeTemporaryFolder();
  await expect(writePicture(join(folder, 'out.gif'), picture)).rejects.toMatchObject({
    code: 'ERR_INVALID_OPTIONS',
    message: expect.stringContaining('.png, .jpg, .jpeg, .webp'),
  });
  await expect(writePicture(join(folder, 'none', 'out.png'), picture)).rejects.toMatchObject({
    code: 'ERR_OUTPUT',
  });
  await mkdir(join(folder, 'folder.png'));
  await expect(writePicture(join(folder, 'folder.png'), picture)).rejects.toMatchObject({
    code: 'ERR_OUTPUT',
  });
});

test('quality makes a JPEG smaller, and below 90 blurs its colours', async () => {
  const data = Uint8Array.from({ length: 3 * 64 * 64 }, (_, i) => (i * i * 31) % 256);
  const noise = { width: 64, height: 64, data };
  const sizes = await Promise.all(
    [10, 89, 90, 100].map(
      async (quality) => (await formatPicture(noise, { format: 'jpeg', quality })).length,
    ),
  );
  expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
  const [below, from] = await Promise.all(
    [89, 90].map(async (quality) =>
      sharp(await formatPicture(noise, { format: 'jpeg', quality })).metadata(),
    ),
  );
  expect([below?.chromaSubsampling, from?.chromaSubsampling]).toEqual(['4:2:0', '4:4:4']);
  await expect(formatPicture(noise, { format: 'jpeg', quality: 0 })).rejects.toMatchObject({
    code: 'ERR_INVALID_OPTIONS',
  });
});
