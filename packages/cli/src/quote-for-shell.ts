import { UNSAFE } from './terminal-text.js';

/**
 * Quotes an argument so that a shell takes it as it is and a terminal prints it as it is: what would steer either becomes octal
 * inside `$'...'`, which bash, zsh and ksh read.
 */
export function quoteForShell(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  const escaped = text.replaceAll(/['\\]/g, '\\$&').replaceAll(UNSAFE, escapeBytes);
  return text.search(UNSAFE) < 0 ? `'${text.replaceAll("'", "'\\''")}'` : `$'${escaped}'`;
}

/** Three digits a byte, so that a digit after it is not taken for a part of it. */
const escapeBytes = (text: string) =>
  [...Buffer.from(text)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
