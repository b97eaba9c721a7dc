import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));
const node = (...args: string[]) =>
  spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', timeout: 60_000 });
const runExample = (name: string, ...args: string[]) =>
  node('--import', 'tsx', join(root, 'examples', name), ...args);

async function makeFilm(): Promise<string> {
  const film = join(await makeTemporaryFolder(), 'film.mp4');
  const { renderFilm } = await import(join(root, 'scripts', 'render-film.mjs'));
  await renderFilm(film);
  return film;
}

/** What to give each example, and a line that it must print. */
const EXAMPLES: Readonly<Record<string, (film: string) => { args: string[]; prints: RegExp }>> = {
  'classify-video.ts': (film) => ({ args: [film], prints: /^0 0\.[89]\d* 0\.[01]\d*$/m }),
  'own-stage.ts': () => ({ args: [], prints: /^2 200$/m }),
  'custom-pipeline.ts': (film) => ({ args: [film], prints: /^average Light \w+ \d\.\d{3}$/m }),
};

test('every example is run here', () => {
  const files = readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.ts'));
  expect(files.toSorted()).toEqual(Object.keys(EXAMPLES).toSorted());
});

test.each(Object.entries(EXAMPLES))(
  '%s runs and tells what it promises',
  { timeout: 90_000 },
  async (name, expectation) => {
    const { args, prints } = expectation(await makeFilm());
    const { status, stdout, stderr } = runExample(name, ...args);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(prints);
  },
);

test('the READMEs show the examples as they are', () => {
  const { status, stderr } = node('scripts/copy-examples.mjs', '--check');
  expect([status, stderr]).toEqual([0, '']);
});
