import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const packages = new URL('../packages/', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, packages), 'utf8');

/** In the order they stand in, without the command line, which is no library. */
const readmes = readdirSync(packages)
  .filter((name) => name !== 'cli')
  .map((name) => [name, read(`${name}/README.md`)] as const);

test.each(readmes)('what the example of %s imports is on its line of installation', (name, text) => {
  const [, installed = ''] = /^npm install (.*)$/m.exec(text) ?? [];
  const code = [...text.matchAll(/```ts\n(.*?)```/gs)].map(([, each]) => each).join('\n');
  const imported = [...code.matchAll(/from '(@deepffmpeg\/[\w-]+)'/g)].map(([, each]) => each);
  expect(imported).toContain(`@deepffmpeg/${name}`);
  expect(installed.split(' ')).toEqual(expect.arrayContaining(imported));
});

test.each(readmes)('the text of %s names all that its program has', (name, text) => {
  const exported = [...read(`${name}/src/index.ts`).matchAll(/export \{([^}]*)\}/g)]
    .flatMap(([, list = '']) => list.split(','))
    .map((each) => each.trim())
    .filter((each) => each !== '' && !each.startsWith('type '));
  const words = new Set(text.match(/\w+/g));
  expect(exported.filter((each) => !words.has(each))).toEqual([]);
});
