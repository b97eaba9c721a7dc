import type { Readable, Writable } from 'node:stream';

/** What a command talks to: results go to `stdout`, all else to `stderr`. */
export interface CliIo {
  readonly stdin: Readable;
  readonly stdout: Writable & { readonly isTTY?: boolean };
  readonly stderr: Writable & { readonly isTTY?: boolean };
  /** Aborts when the user interrupts. */
  readonly signal: AbortSignal;
}
