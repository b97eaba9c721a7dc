import { expect, test } from 'vitest';
import { runCommand } from './run-command.js';

const tiny = ['--models', 'tiny', '--clip-labels', 'x,y'];

test.each([
  [['classify', ...tiny, '--clip-labels', 'z,w'], '--clip-labels'],
  [['analyze', '-o', 'a', '--output-dir', 'b'], '--output-dir'],
  [['combine', '--report', 'a.html', '--report', 'b.html'], '--report'],
  [['models', 'pull', 'made/clip', '--dtype', 'q8', '--dtype', 'fp16'], '--dtype'],
])('a flag that is given twice is refused: %j', async (args, flag) => {
  const { code, stderr } = await runCommand(args);
  expect([code, stderr]).toEqual([2, expect.stringContaining(`option '${flag}' was given twice`)]);
});

test('flags that gather values, and switches, may be given again', async () => {
  const args = ['classify', ...tiny, '--input', 'a.mp4', '--input', 'b.mp4', '--json', '--json'];
  const { code, stdout } = await runCommand(args);
  expect([code, JSON.parse(stdout).results]).toEqual([1, [expect.anything(), expect.anything()]]); // neither is there
});
