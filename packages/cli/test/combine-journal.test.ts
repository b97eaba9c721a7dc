import { appendFile, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CombineJournal, fingerprintOf } from '../src/combine-journal.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'journal-'));
});
afterAll(() => rm(folder, { recursive: true }));

const entryOf = (name: string, digit = 'a') => ({
  path: `/films/${name}.mp4`,
  fingerprint: digit.repeat(64),
  stem: name,
});

test('keeps what was done, of each input the last', async () => {
  const path = join(folder, 'run.jsonl');
  const journal = await CombineJournal.open(path);
  expect(journal.find('/films/a.mp4')).toBeUndefined();
  await journal.add(entryOf('a'));
  await journal.add(entryOf('b'));
  await journal.add(entryOf('a', 'c'));
  const again = await CombineJournal.open(path);
  expect(again.find('/films/a.mp4')).toEqual(entryOf('a', 'c'));
  expect(again.stems).toEqual(['a', 'b']);
});

test('leaves out a line that was not written to its end, and goes on behind the one before', async () => {
  const path = join(folder, 'torn.jsonl');
  await (await CombineJournal.open(path)).add(entryOf('a'));
  await appendFile(path, '{"path":"/films/b.m');
  const journal = await CombineJournal.open(path);
  await journal.add(entryOf('c'));
  expect((await CombineJournal.open(path)).stems).toEqual(['a', 'c']);
  expect((await readFile(path, 'utf8')).split('\n')).toHaveLength(3);
});

test.each([['no JSON\n'], ['{"path":"/a","fingerprint":"x","stem":"a"}\n'], ['{}\n']])(
  'refuses a file that is something else: %j',
  async (text) => {
    const path = join(folder, 'other.jsonl');
    await writeFile(path, text);
    await expect(CombineJournal.open(path)).rejects.toMatchObject({
      code: 'ERR_INPUT',
      message: `${path}:1: this is no line of a run; remove the file to do all again`,
    });
  },
);

test('tells a file that cannot be read or written', async () => {
  await expect(CombineJournal.open(folder)).rejects.toMatchObject({ code: 'ERR_INPUT' });
  const journal = await CombineJournal.open(join(folder, 'absent', 'run.jsonl'));
  await expect(journal.add(entryOf('a'))).rejects.toMatchObject({ code: 'ERR_OUTPUT' });
});

test('a fingerprint changes with the file and with the settings', async () => {
  const path = join(folder, 'film.mp4');
  await writeFile(path, 'film');
  const first = await fingerprintOf(path, '{}');
  expect(await fingerprintOf(path, '{}')).toEqual(first);
  expect((await fingerprintOf(path, '{"confidence":0.5}'))?.fingerprint).not.toBe(first?.fingerprint);
  await utimes(path, 1, 1);
  const touched = await fingerprintOf(path, '{}');
  expect(touched?.fingerprint).not.toBe(first?.fingerprint);
  await writeFile(path, 'films');
  await utimes(path, 1, 1);
  expect((await fingerprintOf(path, '{}'))?.fingerprint).not.toBe(touched?.fingerprint);
});

test.each(['https://example.com/a.mp4', '-', '/nowhere/film.mp4'])(
  'what is no file has no fingerprint: %s',
  async (input) => expect(await fingerprintOf(input, '{}')).toBeUndefined(),
);
