import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { quoteForShell } from '../src/quote-for-shell.js';

test
  .skipIf(process.platform === 'win32')
  .each(['a b', "it's", "\u001b[31m1'\\x", 'line\nline', '\u009b1', 'é\u0007é'])(
  '%j comes through bash and holds no control character',
  (text) => {
    const quoted = quoteForShell(text);
    expect(quoted).not.toMatch(/\p{Cc}/u);
    expect(execFileSync('bash', ['-c', `printf %s ${quoted}`], { encoding: 'utf8' })).toBe(text);
  },
);
