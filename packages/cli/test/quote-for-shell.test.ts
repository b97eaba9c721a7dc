import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { quoteForShell } from '../src/quote-for-shell.js';
import { terminalText } from '../src/terminal-text.js';

test
  .skipIf(process.platform === 'win32')
  .each([
    'a b',
    "it's",
    "\u001b[31m1'\\x",
    'line\nline',
    '\u009b1',
    'é\u0007é',
    'film\u202e4pm.exe\u2066\u2028',
  ])('%j comes through bash, and a terminal prints it as it is', (text) => {
  const quoted = quoteForShell(text);
  expect(terminalText(quoted)).toBe(quoted);
  expect(execFileSync('bash', ['-c', `printf %s ${quoted}`], { encoding: 'utf8' })).toBe(text);
});
