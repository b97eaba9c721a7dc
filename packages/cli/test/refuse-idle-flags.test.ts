import { join } from 'node:path';
import { makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import { runCommand } from './run-command.js';

const SCORED = 'requires --clip-labels, --clip-categories, --clap-labels or --clap-categories';
const hear = ['--models', 'tiny', '--clap-labels', 'speech,music'];
const find = ['--detect-model', 'tiny'];
const embedAudio = ['--models', 'tiny', '--only', 'audio'];
const embedVision = ['--models', 'tiny', '--only', 'vision'];

test.each([
  [['classify', 'a', ...hear, '--scene-threshold', '0.3'], '--scene-threshold requires --clip-labels, '],
  [
    [
      'classify',
      '--models',
      'tiny',
      '--clip-labels',
      'a,b',
      '--from-embeddings',
      'x',
      '--scene-threshold',
      '1',
    ],
    '--scene-threshold cannot be used with --from-embeddings, which holds what was read before',
  ],
  [['classify', 'a', ...find, '--dtype', 'q8'], `--dtype ${SCORED}`],
  [['classify', 'a', ...find, '--logit-scale', '3'], `--logit-scale ${SCORED}`],
  [['classify', 'a', ...find, '--temperature', '2'], `--temperature ${SCORED}`],
  [['classify', 'a', ...find, '--spool'], '--spool requires - (stdin) among the inputs'],
  [['classify', 'a', ...find, '--track-interval', '1'], '--track-interval requires --track'],
  [['embed', 'a', '--clap-model', 'tiny', '--sample', '5/s'], '--sample requires --clip-model'],
  [['embed', 'a', '--clap-model', 'tiny', '--background', 'red'], '--background requires --clip-model'],
  [
    ['embed', 'a', '--clap-model', 'tiny', '--scene-threshold', '1'],
    '--scene-threshold requires --clip-model',
  ],
  [['embed', 'a', '--clip-model', 'tiny', '--audio-stream', '1'], '--audio-stream requires --clap-model'],
  [['embed', 'a', '--clip-model', 'tiny', '--audio-hop', '1'], '--audio-hop requires --clap-model'],
  [
    ['embed', 'a', ...embedAudio, '--clip-logit-scale', '5'],
    '--clip-logit-scale cannot be used with --only audio',
  ],
  [['embed', 'a', ...embedAudio, '--sample', '5/s'], '--sample cannot be used with --only audio'],
  [['embed', 'a', ...embedVision, '--audio-window', '1'], '--audio-window cannot be used with --only vision'],
  [['embed', 'a', '--models', 'tiny', '--spool'], '--spool requires - (stdin) among the inputs'],
  [
    ['combine', 'a', '--clap-model', 'tiny', '--sample', '5/s'],
    '--sample requires --clip-model or --detect-model',
  ],
])('%j is refused before any work', async (args, message) => {
  const place = join(await makeTemporaryFolder(), 'out');
  const output = { classify: [], embed: ['--output', place], combine: ['-o', place] }[String(args[0])] ?? [];
  const { code, stderr } = await runCommand([...args, ...output]);
  expect(stderr).toContain(`error: ${message}`);
  expect(code).toBe(2);
});

test.each([
  ['classify', 'nothere.wav', ...hear, '--scene-threshold', '-1'], // as scripts of the original turn it off
  ['classify', '-', ...find, '--spool'],
  ['embed', 'nothere.wav', '--models', 'tiny', '--sample', '5/s', '--audio-window', '1'],
])('%j %s %s %s %s %s is let through', async (...args) => {
  const place = join(await makeTemporaryFolder(), 'out');
  const output = args[0] === 'embed' ? ['--output', place] : [];
  expect((await runCommand([...args, ...output])).code).toBe(1);
});
