import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { beforeEach, expect, test } from 'vitest';
import { newResult } from '../src/input-result.js';
import { openOutputFiles } from '../src/output-files.js';

let folder = '';
beforeEach(async () => {
  folder = await makeTemporaryFolder();
});

const names = Array.from({ length: 20 }, (_, i) => `${i}.png`);
const { signal } = new AbortController();

test('of many inputs one file of averages is open at a time', async () => {
  const outputStats = join(folder, 'stats');
  const files = await openOutputFiles({ outputStats }, true, names, signal);
  const unfinished: number[] = [];
  const results = names.map((name) => ({
    ...newResult(name),
    get averages() {
      unfinished.push(readdirSync(outputStats).filter((each) => each.endsWith('.part')).length);
      return [];
    },
  }));
  await files.commit(results);
  expect(Math.max(...unfinished)).toBeLessThan(2);
  expect(readdirSync(outputStats)).toHaveLength(names.length);
});

test('averages of one input that cannot be written take no other file along', async () => {
  const [outputStats, outputScores] = [join(folder, 'stats'), join(folder, 'scores.jsonl')];
  const files = await openOutputFiles({ outputStats, outputScores }, true, names, signal);
  await files.scores?.write('scores\n');
  await mkdir(join(outputStats, '1.png.csv'));
  const results = names.map((name) => newResult(name));
  await expect(files.commit(results)).rejects.toMatchObject({ code: 'ERR_OUTPUT' });
  expect(await readFile(outputScores, 'utf8')).toBe('scores\n');
  expect(existsSync(join(outputStats, '0.png.csv'))).toBe(true);
});
