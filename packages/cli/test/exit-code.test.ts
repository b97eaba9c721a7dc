import { join } from 'node:path';
import { makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import { runCommand } from './run-command.js';

const tiny = ['--models', 'tiny', '--clip-labels', 'dark,bright'];

test.each([
  [['--models', 'tiny', '--clip-labels', ''], /^error: --clip-labels: '' is no file/],
  [['--detect-model', 'tiny', '--detect-labels', ''], /^error: --detect-labels: '' is no file/],
  [[...tiny, '--input', ''], /^error: an input is empty/],
  [
    ['--models', 'tiny', '--clap-labels', 'a,b', '--audio-hop', '0.00001'],
    /'--audio-hop <s>'.* at least 0\.001/,
  ],
  [['--models', 'tiny', '--clip-labels', 'a'], /a is no file, and a list of labels has commas/],
  [['--models', 'tiny', '--clip-labels', 'dark,dark'], /"dark" occurs more than once/],
  [['--models', 'tiny', '--clip-labels', 'dark,'], /"dark" stands alone/],
  [['--models', 'tiny', '--clip-labels', 'missing.txt'], /missing\.txt is no file/],
  [
    ['--models', 'tiny', '--clip-categories', 'dark,bright'],
    /^error: --clip-categories: dark,bright is no file, and categories are read from one.* --clip-labels$/m,
  ],
  [['--models', 'tiny', '--clap-categories', 'dark,bright'], /a list of labels goes to --clap-labels/],
  [[...tiny, '--device', 'gpu'], /gpu/],
  [
    [...tiny, '--output-stats', '/nonexistent/x.csv'],
    /--output-stats .*: there is no folder \/nonexistent$/m,
  ],
  [[...tiny, '--output-scores', '/nonexistent/x.jsonl'], /--output-scores .*: there is no folder/],
  [[...tiny, '--detect-model', 'tiny', '--output-tracks', '/nonexistent/x.txt'], /there is no folder/],
])(
  'classify: a mistake in labels, device or output path is told with exit code 2: %j',
  async (args, message) => {
    const { code, stderr, stdout } = await runCommand(['classify', 'x.mp4', ...args]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  },
);

test.each([
  [['embed', 'x.mp4', '--models', 'tiny']],
  [['embed-labels', ...tiny]],
  [['native', 'convert-detector', 'x.onnx']],
])('%j: an output path without a folder is told with exit code 2', async (args) => {
  const output = join(await makeTemporaryFolder(), 'none', 'x');
  const { code, stderr } = await runCommand([...args, '--output', output]);
  expect([code, stderr]).toEqual([2, expect.stringContaining(`--output ${output}: there is no folder`)]);
});

test.each([
  ['--from-embeddings', ['classify', '--from-embeddings', 'none', ...tiny]],
  ['--calibration', ['classify', 'x.mp4', '--calibration', 'none', ...tiny]],
  ['--from-existing', ['combine', '--from-existing', 'none', '--classification-txt', 'package.json']],
  ['--classification-txt', ['combine', '--from-existing', 'package.json', '--classification-txt', 'none']],
])('%s: a file that is not there is a mistake in the flags', async (flag, args) => {
  const { code, stderr } = await runCommand(args);
  expect([code, stderr]).toEqual([2, `error: ${flag} none: there is no such file\n`]);
});

test('combine: a device that is not there is a mistake in the flags, too', async () => {
  const folder = await makeTemporaryFolder();
  const args = ['combine', join(folder, 'x.mp4'), '--models', 'tiny', '--device', 'gpu', '-o', folder];
  const { code, stderr } = await runCommand(args);
  expect([code, stderr]).toEqual([2, expect.stringContaining('gpu')]);
});
