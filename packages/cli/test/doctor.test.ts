import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { expect, test, vi } from 'vitest';
import { runCommand } from './run-command.js';

test('tells what is there', async () => {
  const { stdout } = await runCommand(['doctor', '--json']);
  const names = JSON.parse(stdout).findings.map(({ name }: { name: string }) => name);
  expect(names).toEqual(['node', 'ffmpeg', 'onnxruntime', 'model cache', 'tiny models']);
});

test('fails when ffmpeg is too old, and says so', async () => {
  const path = join(await makeTemporaryFolder(), 'ffmpeg');
  await writeFile(path, '#!/bin/sh\necho ffmpeg version 4.4.2 Copyright\n');
  await chmod(path, 0o755);
  vi.stubEnv('DEEPFFMPEG_FFMPEG', path);
  const { code, stdout } = await runCommand(['doctor']);
  vi.unstubAllEnvs();
  expect(code).toBe(1);
  expect(stdout).toMatch(/MISSING {2}ffmpeg: .*4\.4/);
});

test.skipIf(process.platform === 'win32')('fails when ffmpeg is there without ffprobe', async () => {
  const folder = await makeTemporaryFolder();
  await writeFile(join(folder, 'ffmpeg'), '#!/bin/sh\necho ffmpeg version 7.1 Copyright\n');
  await chmod(join(folder, 'ffmpeg'), 0o755);
  vi.stubEnv('DEEPFFMPEG_FFMPEG', join(folder, 'ffmpeg'));
  vi.stubEnv('DEEPFFMPEG_FFPROBE', '');
  vi.stubEnv('PATH', folder);
  const { code, stdout } = await runCommand(['doctor']);
  vi.unstubAllEnvs();
  expect(code).toBe(1);
  expect(stdout).toMatch(/MISSING {2}ffmpeg: 7\.1 \(.*\), but there is no ffprobe .*: install a full ffmpeg/);
});

test('an interrupt is no finding', async () => {
  const { code, stdout } = await runCommand(['doctor'], { signal: AbortSignal.abort() });
  expect([code, stdout]).toEqual([130, '']);
});
