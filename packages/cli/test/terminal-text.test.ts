import { expect, test } from 'vitest';
import { messageText, terminalText } from '../src/terminal-text.js';
import { runCommand } from './run-command.js';

test('a name cannot move the cursor, colour the screen or begin a line', () => {
  expect(terminalText('a\u001b[31m\nb\u0007c\u009b')).toBe('a\ufffdb\ufffdc\ufffd');
  expect(terminalText('film\u202e4pm.exe\u2066\u2028')).toBe('film\ufffd4pm.exe\ufffd\ufffd');
});

test('the lines of a message are joined', () => {
  expect(messageText('[mov] moov atom not found\n  x.mp4: Invalid data\r\n')).toBe(
    '[mov] moov atom not found; x.mp4: Invalid data',
  );
});

test('nor can a name that is taken for a flag or a command', async () => {
  for (const args of [['classify', '-q\u001b]0;title\u0007.mp4'], ['\u001b[31mred']]) {
    const { code, stderr } = await runCommand(args);
    expect([code, stderr]).toEqual([2, expect.not.stringMatching(/[^\P{Cc}\n]/u)]);
  }
});
