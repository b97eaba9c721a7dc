import { type Command, Option } from 'commander';
import { addScoreFlags } from './add-score-flags.js';
import { addSoundFlags } from './add-sound-flags.js';
import { listFlag } from './flag-values.js';
import { addShotFlags } from './shot-flags.js';

const EXAMPLES = `
Examples:
  deepffmpeg combine film.mp4 --models tiny --report film.html
  deepffmpeg combine films/ --models balanced --report
  deepffmpeg combine film.mp4 --from-existing film_technical.json \\
    --classification-txt film_classifications.txt`;

/** The flags of `combine`, beside those of models. */
export function addCombineFlags(command: Command): Command {
  command
    .optionsGroup('Inputs:')
    .option('--input <path>', 'a further input; may be repeated', listFlag)
    .option('--from-existing <file>', 'draw conclusions from this technical analysis, and look at no media')
    .option(
      '--classification-txt <file>',
      'and from these averages of labels, as NAME_classifications.txt has them',
    )
    .option(
      '--fast',
      'measure only what conclusions rest on: shots by keyframes, levels and silences; no faults, no curves',
    )
    .optionsGroup('What to look and listen for:')
    .option(
      '--clip-categories <file|pack>',
      'in place of those that the rules know: [Unit], (Category), a sentence a line',
    )
    .option('--clap-categories <file|pack>', 'the same for what is to be heard')
    .option(
      '--clip-labels <file|list|pack>',
      'labels besides, one a line, or "a cat,a dog": shown over time, no part of the rules',
    )
    .option('--clap-labels <file|list|pack>', 'the same for what is to be heard')
    .option('--clip-template <text>', "sentence for labels, {} stands for the label (default: the model's)")
    .option('--clap-template <text>', 'the same for what is to be heard')
    .option(
      '--sample <plan>',
      'which frames to look at: all, keyframes, auto, shots, N/s, every:N, scene:T or at:T1,T2 (default: 1/s)',
    );
  addShotFlags(addSoundFlags(command)).optionsGroup('Conclusions:');
  return addScoreFlags(command)
    .option('--rules <file>', 'JSON: what follows from which labels, in place of the built-in rules')
    .option('--print-rules', 'print the built-in rules, to begin your own with')
    .optionsGroup('Output:')
    .option(
      '-o, --output-dir <folder>',
      'where NAME_combined_analysis.json and the others go',
      'combined_analysis',
    )
    .option('--json <file>', 'the same, of one input, to this file')
    .option(
      '--report [file.html]',
      'a page to look at (default: NAME_report.html); of several inputs an index.html, too',
    )
    .addOption(
      new Option(
        '--report-media <how>',
        'whether the page has the film in it or a link to it (default: link)',
      ).choices(['link', 'embed']),
    )
    .option('--redo', 'of several inputs, do again what was done before')
    .option('-v, --verbose', 'tell what each conclusion rests on')
    .addHelpText('after', EXAMPLES);
}
