import { type Command, Option } from 'commander';

/** The flags of labels and categories, for images and for audio. */
export function addLabelFlags(command: Command): Command {
  return command
    .optionsGroup('Labels:')
    .addOption(
      new Option(
        '--clip-labels <file|list|pack>',
        'labels for images and video: a file with one per line, "a cat,a dog", or pack:animals (see `deepffmpeg labels list`)',
      ).conflicts('clipCategories'),
    )
    .option(
      '--clip-categories <file|pack>',
      'categories for images and video: a file with [Unit], (Category), one sentence per line; or pack:video',
    )
    .option(
      '--clip-template <text>',
      "prompt template for labels, {} stands for the label (default: the model's)",
    )
    .addOption(
      new Option('--clap-labels <file|list|pack>', 'labels for audio, as --clip-labels').conflicts(
        'clapCategories',
      ),
    )
    .option('--clap-categories <file|pack>', 'categories for audio, as --clip-categories')
    .option('--clap-template <text>', "prompt template for audio labels (default: the model's)");
}
