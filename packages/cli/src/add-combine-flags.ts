import { type Command, Option } from 'commander';
import { listFlag, numberFlag } from './flag-values.js';

const EXAMPLES = `
Examples:
  deepffmpeg combine film.mp4 --models tiny --report film.html
  deepffmpeg combine films/ --clip-model clip-vit-base-patch32 --clap-model clap-htsat-unfused --report
  deepffmpeg combine film.mp4 --from-existing film_technical.json --classification-txt film_classifications.txt`;

/** The flags of `combine`, beside those of models. */
export function addCombineFlags(command: Command): Command {
  return command
    .optionsGroup('Inputs:')
    .option('--input <path>', 'a further input; may be repeated', listFlag)
    .option('--from-existing <file>', 'draw conclusions from this technical analysis, and look at no media')
    .option(
      '--classification-txt <file>',
      'and from these averages of labels, as NAME_classifications.txt has them',
    )
    .optionsGroup('What to look and listen for:')
    .option(
      '--clip-categories <file>',
      'in place of those that the rules know: [Unit], (Category), a sentence a line',
    )
    .option('--clap-categories <file>', 'the same for what is to be heard')
    .option(
      '--clip-labels <file|list>',
      'labels besides, one a line, or "a cat,a dog": shown over time, no part of the rules',
    )
    .option('--clap-labels <file|list>', 'the same for what is to be heard')
    .option('--clip-template <text>', "sentence for labels, {} stands for the label (default: the model's)")
    .option('--clap-template <text>', 'the same for what is to be heard')
    .option(
      '--sample <plan>',
      'which frames to look at: all, keyframes, auto, shots, N/s, every:N, scene:T or at:T1,T2 (default: 1/s)',
    )
    .option(
      '--audio-window <s>',
      "how much sound is heard at once (default: the model's window)",
      numberFlag({ above: 0 }),
    )
    .option(
      '--audio-hop <s>',
      'from the start of one window to the next (default: the window)',
      numberFlag({ above: 0 }),
    )
    .option(
      '--audio-stream <n>',
      "place among all the input's streams (default: its default one)",
      numberFlag({ min: 0, whole: true }),
    )
    .addOption(
      new Option(
        '--detector <rule>',
        'how shots are found (default: adaptive; content where a threshold is given)',
      ).choices(['adaptive', 'content', 'keyframes']),
    )
    .option(
      '--scene-threshold <t>',
      'least change of a cut, for content (default: 0.3)',
      numberFlag({ min: 0, max: 1 }),
    )
    .optionsGroup('Conclusions:')
    .option('--confidence <p>', 'report labels from this probability on', numberFlag({ min: 0, max: 1 }), 0.3)
    .option(
      '--temperature <t>',
      'divides the logits: above 1 flatter, below 1 sharper (default: 1)',
      numberFlag({ above: 0 }),
    )
    .option('--clip-temperature <t>', 'the same, for pictures alone', numberFlag({ above: 0 }))
    .option('--clap-temperature <t>', 'the same, for sound alone', numberFlag({ above: 0 }))
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
