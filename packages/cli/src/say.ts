import type { MediaError } from '@deepffmpeg/core';
import type { CliIo } from './cli-io.js';
import { terminalText } from './terminal-text.js';

/** Ways to tell the user something beside the results. */
export interface Say {
  always(text: string): void;
  /** With `--verbose` only. */
  more(text: string): void;
  readonly warn: (warning: MediaError) => void;
}

export function sayTo({ stderr }: CliIo, isVerbose = false): Say {
  const always = (text: string) => void stderr.write(`${terminalText(text)}\n`);
  return {
    always,
    more: (text) => isVerbose && always(text),
    warn: ({ message }) => always(`warning: ${message}`),
  };
}
