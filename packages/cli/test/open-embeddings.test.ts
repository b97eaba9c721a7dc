import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { collect, EMBEDDINGS_FORMAT } from '@deepffmpeg/core';
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

test('a broken line is told with the file that it stands in', async () => {
  const path = join(await makeTemporaryFolder(), 'vectors.jsonl');
  const model = {
    modality: 'audio',
    model: 'm',
    weightsDigest: '00',
    dimension: 2,
    logitScale: 1,
    logitBias: 0,
  };
  const about = { activation: 'softmax', preprocessing: {} };
  const header = { format: EMBEDDINGS_FORMAT, models: [{ ...model, ...about }], inputs: ['a.wav'] };
  await writeFile(path, `${JSON.stringify(header)}\n{"input"`);
  const { embeddings } = await openEmbeddings(path, new AbortController().signal);
  await expect(collect(embeddings)).rejects.toThrow(
    expect.objectContaining({ code: 'ERR_INPUT', message: `${path}, line 2 is not JSON` }),
  );
});
