import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import { openEmbeddings } from '../src/open-embeddings.js';

test('an interrupt ends the reading, and is not told as a bad file', async () => {
  const path = join(await makeTemporaryFolder(), 'vectors.jsonl');
  await writeFile(path, '{}\n');
  const reading = openEmbeddings(path, AbortSignal.abort());
  await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
});

test('a file that is not there is named', async () => {
  const reading = openEmbeddings('/none/vectors.jsonl', new AbortController().signal);
  await expect(reading).rejects.toMatchObject({
    code: 'ERR_INPUT',
    message: expect.stringContaining('/none/vectors.jsonl'),
  });
});
