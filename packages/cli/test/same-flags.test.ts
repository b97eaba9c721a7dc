import { join } from 'node:path';
import { makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import { runCommand } from './run-command.js';

test.each(['analyze', 'combine'])('%s says what --json took', async (command) => {
  const models = command === 'combine' ? ['--models', 'tiny'] : [];
  const { code, stderr } = await runCommand([command, ...models, '--json', 'rain.wav']);
  expect([code, stderr]).toEqual([
    2,
    'error: name at least one input: a file, a folder, an address or - (stdin) (rain.wav was taken for the file of --json)\n',
  ]);
});

test.each([['classify'], ['embed'], ['analyze'], ['combine'], ['embed-labels'], ['models', 'calibrate']])(
  '-v is --verbose: %s %s',
  async (...command) => {
    const { stdout } = await runCommand([...command, '--help']);
    expect(stdout).toMatch(/^ {2}-v, --verbose /m);
  },
);

test('what to look for is asked for in the flags that a command has', async () => {
  const classify = await runCommand(['classify', 'a.png', '--models', 'tiny']);
  expect(classify.stderr).toContain('--detect-model (tiny is included)');
  const { code, stderr } = await runCommand(['embed-labels', '--models', 'tiny', '--output', 'x.json']);
  expect([code, stderr]).toEqual([2, expect.stringMatching(/give labels .* --clap-categories\n$/)]);
});

test('embed-labels tells what it wrote', async () => {
  const output = join(await makeTemporaryFolder(), 'texts');
  const args = ['embed-labels', '--models', 'tiny', '--clip-labels', 'dark,bright', '--output', output];
  const { code, stdout, stderr } = await runCommand(args);
  expect([code, stdout]).toEqual([0, '']);
  expect(stderr).toMatch(/^2 labels of \S+ for .*texts\n$/);
});
