import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createProgressBar } from '../src/progress-bar.js';
import { restoreTerminal } from '../src/restore-terminal.js';

const terminal = () => Object.assign(new PassThrough(), { isTTY: true, cursorTo() {}, clearLine() {} });
const read = (stream: PassThrough) => String(stream.read() ?? '');

test('what a bar of progress turns off is on again, and a file is left alone', () => {
  const output = terminal();
  const bar = createProgressBar(output, '{bar}');
  bar.update(1, 2, {});
  // Its cursor is hidden, and its lines are not broken.
  const before = read(output);
  restoreTerminal(output);
  const after = read(output);
  for (const mode of ['[?25', '[?7']) {
    expect(before).toContain(`${mode}l`);
    expect(after).toContain(`${mode}h`);
  }
  bar.stop();

  const file = new PassThrough();
  restoreTerminal(file);
  expect(read(file)).toBe('');
});
