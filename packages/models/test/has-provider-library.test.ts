import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import { hasProviderLibrary } from '../src/has-provider-library.js';

const file =
  process.platform === 'win32' ? 'onnxruntime_providers_cuda.dll' : 'libonnxruntime_providers_cuda.so';

test.each(['napi-v3', 'napi-v6', 'napi-v11'])('finds a library in bin/%s', async (version) => {
  const bin = await makeTemporaryFolder();
  const folder = join(bin, version, process.platform, process.arch);
  await mkdir(folder, { recursive: true });
  expect(hasProviderLibrary('cuda', bin)).toBe(false);
  await writeFile(join(folder, file), '');
  expect(hasProviderLibrary('cuda', bin)).toBe(true);
  expect(hasProviderLibrary('tensorrt', bin)).toBe(false);
});

test('looks into the installed onnxruntime-node', () => {
  expect(hasProviderLibrary('abacus')).toBe(false);
});
