import type { Command } from 'commander';
import { numberFlag } from './flag-values.js';

/** Which sound is heard, and in what pieces. */
export function addSoundFlags(command: Command): Command {
  return command
    .option(
      '--audio-stream <n>',
      "place among all the input's streams (default: its default one)",
      numberFlag({ min: 0, whole: true }),
    )
    .option(
      '--audio-window <s>',
      "how much sound is heard at once (default: the model's window)",
      numberFlag({ above: 0 }),
    )
    .option(
      '--audio-hop <s>',
      'from the start of one window to the next (default: the window)',
      numberFlag({ above: 0 }),
    );
}
