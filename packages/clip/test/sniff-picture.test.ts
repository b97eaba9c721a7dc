import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@deepffmpeg/test-kit';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { readPicture, sniffPicture } from '../src/index.js';

const picture = () => sharp({ create: { width: 4, height: 4, channels: 3, background: 'red' } });

test.each(['jpeg', 'png', 'webp', 'avif', 'gif', 'tiff'] as const)(
  'knows %s by its content, whatever its name',
  async (format) => {
    const content = await picture().toFormat(format).toBuffer();
    const path = join(await makeTemporaryFolder(), 'film.mp4');
    await writeFile(path, content);
    expect(await sniffPicture(path)).toBe(format);
    expect(await sniffPicture(content)).toBe(format);
  },
);

test('knows AVIF that names its general kind first', async () => {
  const content = await picture().avif().toBuffer();
  content.write('mif1', 8, 'latin1');
  expect(await sniffPicture(content)).toBe('avif');
  expect(await readPicture(content)).toMatchObject({ width: 4, height: 4 });
});

test.each([
  { title: 'nothing', content: '' },
  { title: 'text', content: '#EXTM3U\n' },
  { title: 'a cut signature', content: '\x89PN' },
  { title: 'HEIC', content: '\0\0\0\x18ftypmif1\0\0\0\0mif1heic\0\0\0\x10avif' },
  { title: 'a film', content: '\0\0\0\x20ftypisom\0\0\x02\0' },
  { title: 'a sound in RIFF', content: 'RIFF\x24\0\0\0WAVEfmt ' },
  { title: 'a drawing', content: '<svg xmlns="http://www.w3.org/2000/svg"/>' },
])('takes $title for no picture', async ({ content }) => {
  expect(await sniffPicture(Buffer.from(content, 'latin1'))).toBeUndefined();
});

test('says why a file cannot be looked at', async () => {
  await expect(sniffPicture('/nowhere/cat.png')).rejects.toMatchObject({
    code: 'ERR_INPUT',
    message: '/nowhere/cat.png cannot be read: there is no such file',
  });
  const folder = await makeTemporaryFolder();
  await expect(sniffPicture(folder)).rejects.toMatchObject({
    code: 'ERR_INPUT',
    message: `${folder} cannot be read: it is a directory`,
  });
});

test.runIf(process.platform !== 'win32')('opens no pipe and no device', async () => {
  const pipe = join(await makeTemporaryFolder(), 'cat.png');
  execFileSync('mkfifo', [pipe]);
  for (const path of [pipe, '/dev/zero']) {
    expect(await sniffPicture(path)).toBeUndefined();
    await expect(readPicture(path)).rejects.toMatchObject({
      code: 'ERR_INPUT',
      message: expect.stringContaining(`${path} cannot be read as a picture: it is no regular file`),
    });
  }
});
