import { appendFile, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { CombineJournal, fingerprintOf, journalPathOf } from '../src/combine-journal.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'journal-'));
});
afterAll(() => rm(folder, { recursive: true }));

const entryOf = (name: string, digit = 'a') => ({
  path: `/films/${name}.mp4`,
  fingerprint: digit.repeat(64),
  combined: digit.repeat(64),
  stem: name,
});
const claimsOf = async (path: string, ...names: string[]) => {
  const journal = await CombineJournal.open(path);
  const stems: string[] = [];
  for (const name of names) stems.push(await journal.claim(`/films/${name}`, `/films/${name}`));
  return stems;
};

test('keeps what was done, of each input the last', async () => {
  const path = join(folder, 'run.jsonl');
  const journal = await CombineJournal.open(path);
  expect(journal.find('/films/a.mp4')).toBeUndefined();
  await journal.add(entryOf('a'));
  await journal.add(entryOf('b'));
  await journal.add(entryOf('a', 'c'));
  const again = await CombineJournal.open(path);
  expect(again.find('/films/a.mp4')).toEqual(entryOf('a', 'c'));
  expect(again.find('/films/b.mp4')).toEqual(entryOf('b'));
  expect(again.stemOf('/films/b.mp4', 'b.mp4')).toBe('b');
});

test('the first that claims a name has it, and keeps it in later runs', async () => {
  const path = join(folder, 'claims.jsonl');
  expect(await claimsOf(path, '1/a.mp4', '2/A.mkv', '1/a.mp4')).toEqual(['a', 'A.2', 'a']);
  expect(await claimsOf(path, '3/a.mp4', '2/A.mkv')).toEqual(['a.3', 'A.2']);
});

test('runs at once never share a name', async () => {
  const path = join(folder, 'at-once.jsonl');
  const numbers = Array.from({ length: 8 }, (_, i) => i);
  const runs = await Promise.all(numbers.map(() => CombineJournal.open(path)));
  const stems = await Promise.all(runs.map((run, i) => run.claim(`/films/${i}/a.mp4`, 'a.mp4')));
  expect(new Set(stems).size).toBe(8);
  expect(stems).toContain('a');
});

test('with many inputs each line is read once, and no name is looked at for each', async () => {
  const path = join(folder, 'many.jsonl');
  const lines = Array.from({ length: 1000 }, (_, i) => `{"path":"/films/${i}.mp4","stem":"${i}"}\n`);
  await writeFile(path, lines.join(''));
  const journal = await CombineJournal.open(path);
  const [parse, normalize] = [vi.spyOn(JSON, 'parse'), vi.spyOn(String.prototype, 'normalize')];
  for (let i = 0; i < 50; i++) await journal.claim(`/films/x${i}/x.mp4`, 'x.mp4');
  const calls = [parse.mock.calls.length, normalize.mock.calls.length];
  for (const spy of [parse, normalize]) spy.mockRestore();
  expect(Math.max(...calls)).toBeLessThan(1000);
  expect(journal.stemOf('/films/x49/x.mp4', 'x.mp4')).toBe('x.50');
});

test('what another run adds meanwhile is heard of, and a journal begun anew counts', async () => {
  const path = join(folder, 'meanwhile.jsonl');
  const journal = await CombineJournal.open(path);
  await journal.claim('/films/1/a.mp4', 'a.mp4');
  await appendFile(path, '{"path":"/films/2/\u00e9.mp4","st'); // another run is still writing
  await journal.claim('/films/3/b.mp4', 'b.mp4');
  expect(await claimsOf(path, '4/a.mp4')).toEqual(['a.2']);
  expect(await journal.claim('/films/5/a.mp4', 'a.mp4')).toBe('a.3');
  await appendFile(path, 'no line\n');
  await expect(journal.claim('/films/6/c.mp4', 'c.mp4')).rejects.toThrow(
    /meanwhile\.jsonl:7: this is no line/,
  );
  await rm(path);
  expect(await journal.claim('/films/7/a.mp4', 'a.mp4')).toBe('a.4');
  expect(await journal.claim('/films/8/a.mp4', 'a.mp4')).toBe('a');
});

test('what is begun again is not done until it is done again', async () => {
  const path = join(folder, 'begun.jsonl');
  const journal = await CombineJournal.open(path);
  await journal.add(entryOf('a'));
  expect(await journal.claim('/films/a.mp4', 'a.mp4')).toBe('a');
  expect(journal.find('/films/a.mp4')).toBeUndefined();
  expect((await CombineJournal.open(path)).find('/films/a.mp4')).toBeUndefined();
});

test.each(['{"path":"/films/b.m', '{"pa', ''])(
  'passes over a line that was not written to its end, and changes none: %j',
  async (torn) => {
    const path = join(folder, `torn-${torn.length}.jsonl`);
    await (await CombineJournal.open(path)).add(entryOf('a'));
    await appendFile(path, torn);
    const before = await readFile(path, 'utf8');
    await (await CombineJournal.open(path)).add(entryOf('c'));
    const again = await CombineJournal.open(path);
    expect([again.find('/films/a.mp4'), again.find('/films/c.mp4')]).toEqual([entryOf('a'), entryOf('c')]);
    expect((await readFile(path, 'utf8')).startsWith(before)).toBe(true);
  },
);

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
  expect(await fingerprintOf(path, '{}')).toBe(first);
  expect(await fingerprintOf(path, '{"confidence":0.5}')).not.toBe(first);
  await utimes(path, 1, 1);
  const touched = await fingerprintOf(path, '{}');
  expect(touched).not.toBe(first);
  await writeFile(path, 'films');
  await utimes(path, 1, 1);
  expect(await fingerprintOf(path, '{}')).not.toBe(touched);
});

test('knows an address as it was named, and a file by its whole path', async () => {
  expect(await journalPathOf('https://example.com/a.mp4')).toBe('https://example.com/a.mp4');
  expect(await journalPathOf('-')).toBe('-');
  expect(await journalPathOf('absent.mp4')).toBe(resolve('absent.mp4'));
});

test.each(['https://example.com/a.mp4', '-', '/nowhere/film.mp4'])(
  'what is no file has no fingerprint: %s',
  async (input) => expect(await fingerprintOf(input, '{}')).toBeUndefined(),
);

test.each(['../a', 'a/b', 'a\\b', '..', '.'])(
  'a name that leads out of the folder is no line of a run: %s',
  async (stem) => {
    const path = join(folder, 'out.jsonl');
    await writeFile(path, `${JSON.stringify({ path: '/films/a.mp4', stem })}\n`);
    await expect(CombineJournal.open(path)).rejects.toThrow(/out\.jsonl:1: this is no line of a run/);
  },
);
