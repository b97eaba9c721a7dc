import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { afterEach, expect, test, vi } from 'vitest';
import { spoolToFile } from '../src/spool-to-file.js';

afterEach(() => vi.unstubAllEnvs());

test('puts all that comes into a file, and takes it away again', async () => {
  const { path, remove } = await spoolToFile(Readable.from([Buffer.from('one'), Buffer.from('two')]));
  expect(await readFile(path, 'utf8')).toBe('onetwo');
  await remove();
  await expect(readFile(path)).rejects.toMatchObject({ code: 'ENOENT' });
});

test('tells where no temporary folder can be made', async () => {
  const missing = join(await makeTemporaryFolder(), 'missing');
  vi.stubEnv('TMPDIR', missing);
  await expect(spoolToFile(Readable.from([]))).rejects.toMatchObject({
    code: 'ERR_OUTPUT',
    message: expect.stringContaining(`cannot make a temporary folder in ${missing}: ENOENT`),
  });
});
