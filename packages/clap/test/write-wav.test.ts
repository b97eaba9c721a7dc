import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import { formatWav, readWav, writeWav } from '../src/index.js';

const sound = { sampleRate: 8000, data: Float32Array.of(0.5, -0.25) };

test('writes a file that reads back, and nothing beside it', async () => {
  const folder = await makeTemporaryFolder();
  const path = join(folder, 'a.wav');
  await writeFile(path, 'before');
  await writeWav(path, sound, { format: 'int16' });
  expect(await readWav(path)).toMatchObject(sound);
  expect(await readFile(path)).toEqual(Buffer.from(formatWav(sound, { format: 'int16' })));
  expect(await readdir(folder)).toEqual(['a.wav']);
});

test('a file that cannot be written is an error, and what was there stays', async () => {
  const folder = await makeTemporaryFolder();
  await expect(writeWav(folder, sound)).rejects.toMatchObject({ code: 'ERR_OUTPUT' });
  await expect(writeWav(join(folder, 'none', 'a.wav'), sound)).rejects.toMatchObject({ code: 'ERR_OUTPUT' });
  const path = join(folder, 'a.wav');
  await writeFile(path, 'before');
  const broken = { ...sound, data: Float32Array.of(Number.NaN) };
  await expect(writeWav(path, broken)).rejects.toMatchObject({ code: 'ERR_INVALID_OPTIONS' });
  expect(await readFile(path, 'utf8')).toBe('before');
});
