import { execFileSync } from 'node:child_process';
import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import { refuseThinnerResult } from '../src/refuse-thinner-result.js';

const { signal } = new AbortController();

test('an analysis of the film is kept', async () => {
  const path = join(await makeTemporaryFolder(), 'film.json');
  await writeFile(path, JSON.stringify({ details: { parts: [] } }));
  await expect(refuseThinnerResult(path, signal)).rejects.toMatchObject({ code: 'ERR_INVALID_OPTIONS' });
});

test('what is too large to be looked at is kept', async () => {
  const path = join(await makeTemporaryFolder(), 'large.json');
  await writeFile(path, '');
  await truncate(path, 2 ** 28 + 1);
  await expect(refuseThinnerResult(path, signal)).rejects.toMatchObject({
    code: 'ERR_INVALID_OPTIONS',
    message: expect.stringContaining(path),
  });
});

test('other files, none, and a pipe that nobody writes into are no reason to refuse', async () => {
  const folder = await makeTemporaryFolder();
  const [other, pipe, none] = ['other.json', 'pipe', 'none.json'].map((name) => join(folder, name));
  await writeFile(other!, '{"details": {"evidence": []}}'); // three names, three paths
  execFileSync('mkfifo', [pipe!]);
  for (const path of [other!, pipe!, none!]) await refuseThinnerResult(path, signal);
});
