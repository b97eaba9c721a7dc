import { createRequire } from 'node:module';
import { Command } from 'commander';
import { addAnalyzeCommand } from './add-analyze-command.js';
import { addClassifyCommand } from './add-classify-command.js';
import { addCombineCommand } from './add-combine-command.js';
import { addEmbedCommand } from './add-embed-command.js';
import type { CliIo } from './cli-io.js';
import type { DoctorFlags } from './doctor.js';
import type { ExitCode } from './exit-code.js';
import { addLabelsCommand } from './labels/add-labels-command.js';
import { addModelsCommand } from './models/add-models-command.js';
import { addEmbedLabelsCommand, addNativeCommands } from './native/add-native-commands.js';
import { refuseRepeats } from './refuse-repeats.js';
import { terminalText } from './terminal-text.js';

const { version } = createRequire(import.meta.url)('../package.json') as { version: string }; // our own file

/** The commands and their flags. `done` gets the exit code of the command that ran. */
export function createProgram(io: CliIo, done: (code: ExitCode) => void): Command {
  const program = new Command('deepffmpeg')
    .description('Zero-shot classification of images, video and audio; object detection; technical analysis.')
    .version(version)
    .helpOption('-h, --help', 'show this help')
    .showHelpAfterError('(--help shows all flags)')
    .configureHelp({ minWidthToWrap: 20 }) // the longest flags leave that much of 80 columns
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text.split('\n').map(terminalText).join('\n')), // with arguments in it
    });
  addClassifyCommand(program, io, done);
  addEmbedCommand(program, io, done);
  addAnalyzeCommand(program, io, done);
  addCombineCommand(program, io, done);
  addLabelsCommand(program, io, done);
  addModelsCommand(program, io, done);
  addNativeCommands(program, io, done);
  addEmbedLabelsCommand(program, io, done);
  addDoctorCommand(program, io, done);
  refuseRepeats(program);
  return program;
}

function addDoctorCommand(program: Command, io: CliIo, done: (code: ExitCode) => void): void {
  program
    .command('doctor')
    .description('check whether ffmpeg, models and devices are ready')
    .option('--json', 'print one JSON document')
    .action(async (flags: DoctorFlags) => {
      const { doctor } = await import('./doctor.js');
      done(await doctor(flags, io));
    });
}
