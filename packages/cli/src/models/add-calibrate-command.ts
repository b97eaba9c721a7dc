import { type Command, Option } from 'commander';
import { addLabelFlags } from '../add-label-flags.js';
import { addModelFlags } from '../add-model-flags.js';
import { addWindowFlags } from '../add-sound-flags.js';
import type { CliIo } from '../cli-io.js';
import type { ExitCode } from '../exit-code.js';
import { numberFlag } from '../flag-values.js';
import type { CalibrateFlags } from './calibrate-model.js';

/** `deepffmpeg models calibrate ...` */
export function addCalibrateCommand(models: Command, io: CliIo, done: (code: ExitCode) => void): void {
  const calibrate = models
    .command('calibrate')
    .description('calibrate probabilities with labelled examples: FOLDER/LABEL/..., at least five per label')
    .argument('<folder>', 'one folder per label (for categories: UNIT/CATEGORY, or CATEGORY)');
  addLabelFlags(addModelFlags(calibrate))
    .addOption(
      new Option('--only <modality>', 'calibrate this model of --models, if no labels are given').choices([
        'vision',
        'audio',
      ]),
    )
    .optionsGroup('Examples:')
    .option('--sample <plan>', 'frames to take of videos, as for classify (default: 1/s)')
    .option('--background <colour>', 'colour behind transparent pixels of images (default: white)');
  addWindowFlags(calibrate)
    .optionsGroup('Output:')
    .requiredOption('--output <file>', 'JSON file for `classify --calibration`')
    .option(
      '--precision <p>',
      'choose thresholds that reach this precision (default: the best F1)',
      numberFlag({ above: 0, max: 1 }),
    )
    .option('--json', 'print one JSON document')
    .option('-v, --verbose', 'print more details')
    .action(async (folder: string, flags: CalibrateFlags) => {
      const { calibrateModel } = await import('./calibrate-model.js');
      done(await calibrateModel(folder, flags, io));
    });
}
