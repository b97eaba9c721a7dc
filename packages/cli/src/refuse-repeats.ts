import type { Command } from 'commander';
import { listFlag } from './flag-values.js';

/** Makes a command, and all below it, refuse a flag with a value that is given twice, unless it gathers values: else the last one would win unseen. */
export function refuseRepeats(command: Command): void {
  for (const option of command.options) {
    const takesValue = option.required || option.optional;
    if (!takesValue || option.parseArg === listFlag) continue;
    let count = 0;
    command.on(`option:${option.name()}`, () => {
      count++;
      if (count > 1) command.error(`error: option '${option.long}' was given twice: give it once`);
    });
  }
  for (const each of command.commands) refuseRepeats(each);
}
