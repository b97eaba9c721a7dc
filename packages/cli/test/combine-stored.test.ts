import { expect, test } from 'vitest';
import { runCommand } from './run-command.js';

const stored = ['combine', 'film.mp4', '--from-existing', 'a.json', '--classification-txt', 'b.txt'];

test.each([
  ['--fast'],
  ['--detector', 'content'],
  ['--scene-threshold', '0.4'],
  ['--models', 'tiny'],
  ['--clip-model', 'x'],
  ['--clap-model', 'x'],
  ['--detect-model', 'tiny'],
  ['--track'],
  ['--clip-labels', 'a,b'],
  ['--clap-categories', 'pack:audio'],
  ['--sample', '1/s'],
  ['--audio-stream', '1'],
  ['--audio-hop', '1'],
  ['--confidence', '0.3'],
  ['--temperature', '2'],
  ['--download'],
  ['--redo'],
])('%s has nothing to do with stored results, and is refused', async (...flags) => {
  const { code, stdout, stderr } = await runCommand([...stored, ...flags]);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^error: option '--from-existing <file>' cannot be used with option '--/);
  expect(stderr).toContain(flags[0]);
});

test('a film that only the stored results name is not put into a page', async () => {
  const [, , ...unnamed] = stored;
  const flags = ['--report', 'c.html', '--report-media', 'embed'];
  const { code, stderr } = await runCommand(['combine', ...unnamed, ...flags]);
  expect([code, stderr]).toEqual([2, expect.stringContaining('requires the film')]);
});

test('flags of what is written are taken', async () => {
  const flags = ['-o', 'x', '--json', 'c.json', '--report', 'c.html', '--report-media', 'link', '-v'];
  const { code, stderr } = await runCommand([...stored, ...flags]);
  expect([code, stderr]).toEqual([2, expect.stringMatching(/a\.json: there is no such file/)]);
});
