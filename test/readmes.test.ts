import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const packages = new URL('../packages/', import.meta.url);

/** In the order they stand in, without the command line, which is no library. */
const readmes = readdirSync(packages)
  .filter((name) => name !== 'cli')
  .map((name) => [name, readFileSync(new URL(`${name}/README.md`, packages), 'utf8')] as const);

test.each(readmes)('what the example of %s imports is on its line of installation', (name, text) => {
  const [, installed = ''] = /^npm install (.*)$/m.exec(text) ?? [];
  const code = [...text.matchAll(/```ts\n(.*?)```/gs)].map(([, each]) => each).join('\n');
  const imported = [...code.matchAll(/from '(@deepffmpeg\/[\w-]+)'/g)].map(([, each]) => each);
  expect(imported).toContain(`@deepffmpeg/${name}`);
  expect(installed.split(' ')).toEqual(expect.arrayContaining(imported));
});
