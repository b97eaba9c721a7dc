import { join } from 'node:path';
import { makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { locateFfmpeg } from '../src/find-ffmpeg.js';
import { makePrograms } from './make-programs.js';

let folder: string;
beforeEach(async () => {
  folder = await makeTemporaryFolder();
  await makePrograms(folder, ['here/ffmpeg', 'here/ffprobe', 'here/mine', 'path/ffmpeg', 'path/ffprobe']);
  vi.stubEnv('DEEPFFMPEG_FFMPEG', undefined);
  vi.stubEnv('DEEPFFMPEG_FFPROBE', undefined);
  vi.stubEnv('PATH', join(folder, 'path'));
  const before = process.cwd();
  process.chdir(join(folder, 'here'));
  onTestFinished(() => {
    process.chdir(before);
    vi.unstubAllEnvs();
  });
});

const both = (name: string) => ({
  path: join(folder, name, 'ffmpeg'),
  ffprobePath: join(folder, name, 'ffprobe'),
});

test('a name alone is that of a program on PATH, not of one in this folder', async () => {
  vi.stubEnv('DEEPFFMPEG_FFMPEG', 'ffmpeg');
  expect(await locateFfmpeg({}, undefined)).toEqual(both('path'));
  await expect(locateFfmpeg({ ffmpegPath: 'mine' })).rejects.toMatchObject({
    code: 'ERR_FFMPEG_MISSING',
    message:
      'the option ffmpegPath names mine, which is no program that can be run on PATH; the one in this folder is ./mine',
  });
});

test('a path in this folder is that of a program in it, with the one beside it', async () => {
  expect(await locateFfmpeg({ ffmpegPath: './ffmpeg' })).toEqual({ ...both('here'), path: './ffmpeg' });
  vi.stubEnv('PATH', '.');
  expect(await locateFfmpeg({ ffmpegPath: 'ffmpeg' })).toEqual(both('here'));
});
