import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { describe, expect, test } from 'vitest';
import { chooseLabels } from '../src/choose-labels.js';

test.each(['clipLabels', 'clipCategories'])('an interrupt ends the reading of %s', async (flag) => {
  const path = join(await makeTemporaryFolder(), 'labels.txt');
  await writeFile(path, '[Unit]\n(One)\none\n(Two)\ntwo\n');
  const reading = chooseLabels({ [flag]: path }, AbortSignal.abort());
  await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
});

describe('packs', () => {
  const signal = new AbortController().signal;

  test('flags take packs, each its own', async () => {
    const { vision, audio } = await chooseLabels(
      { clipCategories: 'pack:video', clapLabels: 'pack:music' },
      signal,
    );
    expect([vision?.name, vision?.kind, vision?.groups.length]).toEqual(['pack:video', 'categories', 4]);
    expect([audio?.name, audio?.kind]).toEqual(['pack:music', 'labels']);
    expect(
      await chooseLabels({ clipLabels: 'pack:coco', clapCategories: 'pack:audio' }, signal),
    ).toMatchObject({
      vision: { name: 'pack:coco' },
      audio: { name: 'pack:audio' },
    });
  });

  test.each([
    [
      { clipLabels: 'pack:music' },
      /^--clip-labels pack:music: .* labels for sound: write --clap-labels pack:music$/,
    ],
    [{ clipLabels: 'pack:video' }, /^--clip-labels pack:video: .* write --clip-categories pack:video$/],
    [{ clipCategories: 'pack:animals' }, /write --clip-labels pack:animals$/],
    [{ clapCategories: 'pack:video' }, /categories for pictures: write --clip-categories pack:video$/],
    [{ clapLabels: 'pack:nothing' }, /no label pack "nothing": there are video, audio, /],
    [{ clipLabels: 'pack:' }, /no label pack ""/],
  ])('%j is a mistake, and the message says what to do', async (choice, message) => {
    await expect(chooseLabels(choice, signal)).rejects.toMatchObject({
      code: 'ERR_INVALID_OPTIONS',
      message: expect.stringMatching(message),
    });
  });

  test('a file of that name does not hide a pack, and is reached by its place', async () => {
    const folder = await makeTemporaryFolder();
    const path = join(folder, 'pack:animals');
    await writeFile(path, 'unicorn\ndragon\n');
    const before = process.cwd();
    process.chdir(folder);
    const choice = chooseLabels({ clipLabels: 'pack:animals' }, signal);
    const { vision } = await choice.finally(() => process.chdir(before));
    expect(vision?.groups[0]?.labels).toContainEqual({ label: 'cat' });
    const own = await chooseLabels({ clipLabels: path }, signal);
    expect(own.vision?.groups[0]?.labels).toEqual([{ label: 'unicorn' }, { label: 'dragon' }]);
  });
});
