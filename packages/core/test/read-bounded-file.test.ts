import { execFile } from 'node:child_process';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { beforeEach, expect, test } from 'vitest';
import { readBoundedFile } from '../src/index.js';

let path = '';
beforeEach(async () => {
  path = join(await makeTemporaryFolder(), 'in.txt');
});

test('reads as much as is allowed, and no more', async () => {
  await writeFile(path, 'four');
  expect(String(await readBoundedFile(path, 4))).toBe('four');
  await expect(readBoundedFile(path, 3)).rejects.toThrow('it has more than 3 bytes');
});

test.skipIf(process.platform === 'win32')(
  'an abort does not wait for a pipe that nobody writes',
  async () => {
    await promisify(execFile)('mkfifo', [path]);
    const controller = new AbortController();
    const reading = readBoundedFile(path, 4, { signal: controller.signal });
    setTimeout(() => controller.abort(), 50);
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
    await (await open(path, 'w')).close(); // lets the thread go that opens it
  },
);
