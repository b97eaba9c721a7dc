import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { locateFfmpeg } from '../src/find-ffmpeg.js';
import { nativeFfmpegPath, nativeFolder } from '../src/native-build.js';
import { makePrograms } from './make-programs.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'find-native-'));
  await makePrograms(folder, ['native/bin/ffmpeg', 'native/bin/ffprobe', 'path/ffmpeg', 'other/ffmpeg']);
  vi.stubEnv('DEEPFFMPEG_FFMPEG', undefined);
  vi.stubEnv('DEEPFFMPEG_FFPROBE', undefined);
  vi.stubEnv('PATH', join(folder, 'path'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

const locate = (ffmpegPath?: string) => locateFfmpeg({ ffmpegPath }, join(folder, 'native/bin/ffmpeg'));

test('takes the option, then the variable, then the native build, then PATH', async () => {
  expect((await locate()).path).toBe(join(folder, 'native/bin/ffmpeg'));
  expect((await locate()).ffprobePath).toBe(join(folder, 'native/bin/ffprobe'));
  vi.stubEnv('DEEPFFMPEG_FFMPEG', join(folder, 'other/ffmpeg'));
  expect((await locate()).path).toBe(join(folder, 'other/ffmpeg'));
  expect((await locate(join(folder, 'path/ffmpeg'))).path).toBe(join(folder, 'path/ffmpeg'));
});

test('takes PATH where nothing native was built or installed', async () => {
  await rm(join(folder, 'native'), { recursive: true });
  expect((await locate()).path).toBe(join(folder, 'path/ffmpeg'));
  // The repository holds the package; whether it has been built does not matter.
  expect(nativeFfmpegPath()).toBe(join(nativeFolder() ?? '', 'dist/bin/ffmpeg'));
});
