import type { Writable } from 'node:stream';

/** Shows the cursor, and breaks long lines. */
const RESTORE = '\u001b[?25h\u001b[?7h';

/** Undoes what a bar of progress did to a terminal, where the program ends before the bar does. */
export function restoreTerminal(output: Writable & { readonly isTTY?: boolean }): void {
  if (output.isTTY) output.write(RESTORE);
}
