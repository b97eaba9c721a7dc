import type { Command } from 'commander';
import { numberFlag } from './flag-values.js';

/** From when labels are reported, and how sharply they are told apart. */
export function addScoreFlags(command: Command): Command {
  return command
    .option('--confidence <p>', 'report labels from this probability on', numberFlag({ min: 0, max: 1 }), 0.3)
    .option(
      '--temperature <t>',
      'divides the logits: above 1 flatter, below 1 sharper (default: 1)',
      numberFlag({ above: 0 }),
    )
    .option('--clip-temperature <t>', 'the same, for pictures alone', numberFlag({ above: 0 }))
    .option('--clap-temperature <t>', 'the same, for sound alone', numberFlag({ above: 0 }));
}
