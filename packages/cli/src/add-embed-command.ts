import { type Command, Option } from 'commander';
import { addModelFlags } from './add-model-flags.js';
import { addInputCommand, addReadingFlags, tellNeedless } from './add-reading-flags.js';
import type { CliIo } from './cli-io.js';
import type { EmbedFlags } from './embed.js';
import type { ExitCode } from './exit-code.js';

/** `deepffmpeg embed ...` */
export function addEmbedCommand(program: Command, io: CliIo, done: (code: ExitCode) => void): void {
  const embed = addInputCommand(
    program,
    'embed',
    'write the embeddings of frames and audio windows, to be scored later',
  );
  addModelFlags(addReadingFlags(embed))
    .optionsGroup('Output:')
    .requiredOption('--output <file>', 'JSON Lines: a header, then one embedding per line')
    .addOption(
      new Option(
        '--only <modality>',
        'use only this one of the two models of --models or --models-config',
      ).choices(['vision', 'audio']),
    )
    .action(async (inputs: string[], flags: EmbedFlags) => {
      tellNeedless(flags, io);
      const { embed } = await import('./embed.js');
      done(await embed(inputs, flags, io));
    });
}
