import { type Command, Option } from 'commander';
import { addSoundFlags } from './add-sound-flags.js';
import type { CliIo } from './cli-io.js';
import { listFlag, numberFlag } from './flag-values.js';

/** Flags of the original that have nothing left to do; scripts that use them still run. */
const NEEDLESS = ['--skip-confirmation', '--capture-output'];

/** A command that takes inputs. */
export function addInputCommand(program: Command, name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .argument('[inputs...]', 'files, folders, URLs (http, https), or - for stdin');
}

/** The flags of commands that embed or score frames and sound. */
export function addReadingFlags(command: Command): Command {
  command
    .optionsGroup('Inputs:')
    .option('--input <path>', 'another input; may be repeated', listFlag)
    .option(
      '--sample <plan>',
      'frames to take: all, keyframes, auto, shots (one frame of each), N/s, every:N, scene:T or at:T1,T2; each stands until the next one taken, the last until the end (default: 1/s)',
    )
    .option('--scene-threshold <t>', 'same as --sample scene:T, when above 0', numberFlag({ max: 1 }))
    .option('--background <colour>', 'colour behind transparent pixels of images (default: white)');
  addSoundFlags(command)
    .option('--spool', 'copy stdin to a temporary file first, for formats that require seeking')
    .option('--print-ffmpeg', 'print the ffmpeg commands (without the passwords of addresses)')
    .option('-v, --verbose', 'print more details');
  for (const flag of NEEDLESS) command.addOption(new Option(flag).hideHelp());
  return command;
}

export function tellNeedless(flags: object, { stderr }: CliIo): void {
  for (const flag of NEEDLESS) {
    const key = flag.slice(2).replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
    if (key in flags) stderr.write(`${flag} is not needed any more\n`);
  }
}
