/**
 * Quotes an argument so that a shell takes it as it is and a terminal only prints it: control characters become octal
 * inside `$'...'`, which bash, zsh and ksh read.
 */
export function quoteForShell(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  const escaped = text.replaceAll(/['\\]/g, '\\$&').replaceAll(CONTROL, escapeBytes);
  return text.search(CONTROL) < 0 ? `'${text.replaceAll("'", "'\\''")}'` : `$'${escaped}'`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/g;

/** Three digits a byte, so that a digit after it is not taken for a part of it. */
const escapeBytes = (text: string) =>
  [...Buffer.from(text)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
