import { type Command, Option } from 'commander';

/** The flags that say what to look and listen for. */
export function addLabelFlags(command: Command): Command {
  return command
    .optionsGroup('Labels:')
    .addOption(
      new Option('--clip-labels <file|list>', 'labels, one a line, or "a cat,a dog"').conflicts(
        'clipCategories',
      ),
    )
    .option('--clip-categories <file>', 'categories: [Unit], (Category), a sentence a line')
    .option('--clip-template <text>', "sentence for labels, {} stands for the label (default: the model's)")
    .addOption(
      new Option('--clap-labels <file|list>', 'the same three for what is to be heard').conflicts(
        'clapCategories',
      ),
    )
    .option('--clap-categories <file>')
    .option('--clap-template <text>');
}
