import { type Command, Option } from 'commander';
import { addLabelFlags } from '../add-label-flags.js';
import { addModelFlags } from '../add-model-flags.js';
import type { CliIo } from '../cli-io.js';
import type { ExitCode } from '../exit-code.js';
import { numberFlag } from '../flag-values.js';
import type { CalibrateFlags } from './calibrate-model.js';

/** `deepffmpeg models calibrate ...` */
export function addCalibrateCommand(models: Command, io: CliIo, done: (code: ExitCode) => void): void {
  const calibrate = models
    .command('calibrate')
    .description(
      'make probabilities mean what they say, by examples: FOLDER/LABEL/..., five or more of each label',
    )
    .argument('<folder>', 'holds a folder for each label (of categories: UNIT/CATEGORY, or CATEGORY)');
  addLabelFlags(addModelFlags(calibrate))
    .addOption(
      new Option('--only <modality>', 'where neither labels nor models tell').choices(['vision', 'audio']),
    )
    .optionsGroup('Examples:')
    .option('--sample <plan>', 'frames of videos, as for classify (default: 1/s)')
    .option('--background <colour>', 'what transparent pixels of pictures are laid over (default: white)')
    .option('--audio-window <s>', "how much sound is heard at once (default: the model's window)", seconds)
    .option('--audio-hop <s>', 'from the start of one window to the next (default: the window)', seconds)
    .optionsGroup('Output:')
    .requiredOption('--output <file>', 'JSON, for `classify --calibration`')
    .option(
      '--precision <p>',
      'thresholds from which on so much of what is reported is right (default: the best F1)',
      numberFlag({ above: 0, max: 1 }),
    )
    .option('--json', 'print one JSON document')
    .option('-v, --verbose', 'tell more about what happens')
    .action(async (folder: string, flags: CalibrateFlags) => {
      const { calibrateModel } = await import('./calibrate-model.js');
      done(await calibrateModel(folder, flags, io));
    });
}

const seconds = numberFlag({ above: 0 });
