import { type Command, Option } from 'commander';
import { addModelFlags } from './add-model-flags.js';
import { addDetectFlags } from './add-object-flags.js';
import { addInputCommand } from './add-reading-flags.js';
import { addScoreFlags } from './add-score-flags.js';
import { addSoundFlags } from './add-sound-flags.js';
import type { CliIo } from './cli-io.js';
import type { CombineFlags } from './combine.js';
import type { ExitCode } from './exit-code.js';
import { listFlag } from './flag-values.js';
import { addShotFlags } from './shot-flags.js';

const EXAMPLES = `
Examples:
  deepffmpeg combine film.mp4 --models tiny --report film.html
  deepffmpeg combine films/ --models balanced --report
  deepffmpeg combine film.mp4 --from-existing film_technical.json \\
    --classification-txt film_classifications.txt`;

/** What stored results leave to say; all other flags are of reading media. */
const OF_STORED = [
  ...['input', 'fromExisting', 'classificationTxt', 'rules', 'printRules'],
  ...['outputDir', 'json', 'report', 'reportMedia', 'verbose'],
];

/** `deepffmpeg combine ...` */
export function addCombineCommand(program: Command, io: CliIo, done: (code: ExitCode) => void): void {
  const combine = addInputCommand(
    program,
    'combine',
    'run all analyses over one decode and infer content type, quality, mood and narrative structure, with an HTML report',
  );
  addInputFlags(combine);
  addShotFlags(addSoundFlags(addLabelFlags(combine))).optionsGroup('Insights:');
  addOutputFlags(addRuleFlags(addScoreFlags(combine)));
  addDetectFlags(addModelFlags(combine));
  const others = combine.options.map((option) => option.attributeName());
  combine.options
    .find((option) => option.attributeName() === 'fromExisting')
    ?.conflicts(others.filter((name) => !OF_STORED.includes(name)));
  combine.addHelpText('after', EXAMPLES).action(async (inputs: string[], flags: CombineFlags) => {
    const { combine } = await import('./combine.js');
    done(await combine(inputs, flags, io));
  });
}

function addInputFlags(command: Command): Command {
  return command
    .optionsGroup('Inputs:')
    .option('--input <path>', 'another input; may be repeated', listFlag)
    .option(
      '--from-existing <file>',
      'read the technical analysis from this NAME_technical.json, and decode nothing (requires --classification-txt)',
    )
    .option(
      '--classification-txt <file>',
      'read the label averages from this NAME_classifications.txt (requires --from-existing)',
    )
    .option(
      '--fast',
      'measure only what the rules use: shots from keyframes, audio levels and silence; no defects, no curves',
    );
}

/** Unlike those of `classify`, categories have a default, and labels may stand beside them. */
function addLabelFlags(command: Command): Command {
  return command
    .optionsGroup('Labels and sampling:')
    .option(
      '--clip-categories <file|pack>',
      'categories for video that the rules use: a file with [Unit], (Category), one sentence per line (default: pack:video)',
    )
    .option('--clap-categories <file|pack>', 'categories for audio that the rules use (default: pack:audio)')
    .option(
      '--clip-labels <file|list|pack>',
      'further labels for video, one per line, or "a cat,a dog": shown over time, not used by the rules',
    )
    .option('--clap-labels <file|list|pack>', 'further labels for audio, as --clip-labels')
    .option(
      '--clip-template <text>',
      "prompt template for labels, {} stands for the label (default: the model's)",
    )
    .option('--clap-template <text>', "prompt template for audio labels (default: the model's)")
    .option(
      '--sample <plan>',
      'frames to take: all, keyframes, auto, shots, N/s, every:N, scene:T or at:T1,T2; each stands until the next one taken, the last until the end (default: 1/s)',
    );
}

function addRuleFlags(command: Command): Command {
  return command
    .option('--rules <file>', 'JSON rules that derive insights from labels (default: the built-in rules)')
    .option('--print-rules', 'print the built-in rules as a start for your own');
}

function addOutputFlags(command: Command): Command {
  return command
    .optionsGroup('Output:')
    .option(
      '-o, --output-dir <folder>',
      'folder for NAME_combined_analysis.json and other files',
      'combined_analysis',
    )
    .option('--json <file>', 'write the combined analysis of one input to this file')
    .option(
      '--report [file.html]',
      'write an HTML report (default: NAME_report.html), and an index.html for several inputs',
    )
    .addOption(
      new Option(
        '--report-media <how>',
        'link to the media in the report, or embed them (default: link)',
      ).choices(['link', 'embed']),
    )
    .option('--redo', 'analyse inputs again that an earlier run completed')
    .option('-v, --verbose', 'print the evidence for each insight');
}
