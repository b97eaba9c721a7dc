import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { beforeEach, expect, test } from 'vitest';
import { refuseOverwriting } from '../src/refuse-overwriting.js';
import { runCommand } from './run-command.js';

let folder = '';
let film = '';
beforeEach(async () => {
  folder = await makeTemporaryFolder();
  film = join(folder, 'film.mp4');
  await writeFile(film, 'film');
});

const output = (path: string) => ({ flag: '--output-scores', path });
const refused = { code: 'ERR_INVALID_OPTIONS' };

test('an output in the place of an input is refused, whatever its name', async () => {
  const link = join(folder, 'link.mp4');
  await symlink(film, link);
  const inputs = [{ flag: 'an input', path: film }];
  for (const path of [film, link, join(folder, 'x', '..', 'film.mp4')])
    await expect(refuseOverwriting([output(path)], inputs)).rejects.toMatchObject(refused);
  await expect(refuseOverwriting([output(`${film}.csv`)], inputs)).resolves.toBeUndefined();
});

test('two outputs in one place are refused, also where nothing is yet', async () => {
  const same = [
    output(join(folder, 'new.csv')),
    { flag: '--output-stats', path: join(folder, '.', 'new.csv') },
  ];
  await expect(refuseOverwriting(same, [])).rejects.toThrow(/--output-stats .* --output-scores/);
});

test.skipIf(process.platform === 'win32')('a device may be named any number of times', async () => {
  await expect(refuseOverwriting([output('/dev/null'), output('/dev/null')], [])).resolves.toBeUndefined();
});

test.each([
  ['classify', '--clip-labels', 'a,b', '--output-scores', 'FILM'],
  ['classify', '--clip-labels', 'a,b', '--output-stats', 'S.csv', '--output-segments', 'S.csv'],
  ['embed', '--output', 'FILM'],
])('%s refuses it before any work', async (command, ...flags) => {
  const paths = flags.map((flag) => flag.replace('FILM', film).replace('S.csv', join(folder, 's.csv')));
  const { code, stderr } = await runCommand([command, film, '--clip-model', 'none', ...paths]);
  expect([code, stderr]).toEqual([2, expect.stringContaining('would overwrite')]);
});

test('labels are not overwritten', async () => {
  const labels = join(folder, 'labels.csv');
  await writeFile(labels, 'a\nb\n');
  const flags = ['--clip-model', 'none', '--clip-labels', labels, '--output-segments', labels];
  const { code, stderr } = await runCommand(['classify', film, ...flags]);
  expect([code, stderr]).toEqual([2, expect.stringMatching(/--output-segments .* --clip-labels/)]);
});

test('combine leaves what it reads alone, of every film', async () => {
  const [rules, labels] = [join(folder, 'film_technical.json'), join(folder, 'looks.txt')];
  await writeFile(rules, '{}');
  await writeFile(labels, '[U]\n(A)\nx\n(B)\ny\n');
  const run = (...flags: string[]) =>
    runCommand(['combine', folder, '--models', 'tiny', '-o', folder, ...flags]);
  expect((await run('--rules', rules)).stderr).toMatch(/--output-dir .* would overwrite what --rules names/);
  const single = [
    'combine',
    film,
    '--models',
    'tiny',
    '-o',
    folder,
    '--clip-categories',
    labels,
    '--json',
    labels,
  ];
  const { code, stderr } = await runCommand(single);
  expect([code, stderr]).toEqual([
    2,
    expect.stringMatching(/--json .* would overwrite what --clip-categories/),
  ]);
});
