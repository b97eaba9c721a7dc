import type { Command } from 'commander';
import type { CliIo } from '../cli-io.js';
import type { ExitCode } from '../exit-code.js';

interface JsonFlag {
  readonly json?: boolean;
}

/** `deepffmpeg labels ...` */
export function addLabelsCommand(program: Command, io: CliIo, done: (code: ExitCode) => void): void {
  const labels = program
    .command('labels')
    .description('included packs of labels and categories, for flags as pack:NAME');
  const add = (usage: string, description: string) =>
    labels.command(usage).description(description).option('--json', 'print one JSON document');

  add('list', 'list the packs, and the flag that takes each').action(async (flags: JsonFlag) => {
    const { printLabelPacks } = await import('./print-label-packs.js');
    done(await printLabelPacks(flags, io));
  });
  add('show <name>', 'print a pack as a file to edit: labels show video > mine.txt').action(
    async (name: string, flags: JsonFlag) => {
      const { showLabelPack } = await import('./show-label-pack.js');
      done(await showLabelPack(name, flags, io));
    },
  );
}
