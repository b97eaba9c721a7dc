import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import { chooseLabels } from '../src/choose-labels.js';

test.each(['clipLabels', 'clipCategories'])('an interrupt ends the reading of %s', async (flag) => {
  const path = join(await makeTemporaryFolder(), 'labels.txt');
  await writeFile(path, '[Unit]\n(One)\none\n(Two)\ntwo\n');
  const reading = chooseLabels({ [flag]: path }, AbortSignal.abort());
  await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
});
