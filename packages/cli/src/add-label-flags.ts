import { type Command, Option } from 'commander';

/** The flags that say what to look and listen for. */
export function addLabelFlags(command: Command): Command {
  return command
    .optionsGroup('Labels:')
    .addOption(
      new Option(
        '--clip-labels <file|list|pack>',
        'labels, one a line, or "a cat,a dog", or pack:animals (see `deepffmpeg labels list`)',
      ).conflicts('clipCategories'),
    )
    .option(
      '--clip-categories <file|pack>',
      'categories: [Unit], (Category), a sentence a line; or pack:video',
    )
    .option('--clip-template <text>', "sentence for labels, {} stands for the label (default: the model's)")
    .addOption(
      new Option('--clap-labels <file|list|pack>', 'the same three for what is to be heard').conflicts(
        'clapCategories',
      ),
    )
    .option('--clap-categories <file|pack>')
    .option('--clap-template <text>');
}
