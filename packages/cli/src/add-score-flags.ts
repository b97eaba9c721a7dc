import type { Command } from 'commander';
import { numberFlag } from './flag-values.js';

/** From when labels are reported, and how sharply they are told apart. */
export function addScoreFlags(command: Command): Command {
  return command
    .option('--confidence <p>', 'report labels from this probability on', numberFlag({ min: 0, max: 1 }), 0.3)
    .option(
      '--temperature <t>',
      'divide logits by this: above 1 flatter, below 1 sharper (default: 1)',
      numberFlag({ above: 0 }),
    )
    .option('--clip-temperature <t>', 'temperature for images and video', numberFlag({ above: 0 }))
    .option('--clap-temperature <t>', 'temperature for audio', numberFlag({ above: 0 }));
}
