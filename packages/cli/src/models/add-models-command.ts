import type { ConversionTask } from '@deepffmpeg/models';
import type { Command } from 'commander';
import { Argument, Option } from 'commander';
import type { CliIo } from '../cli-io.js';
import type { ExitCode } from '../exit-code.js';
import { choicesFlag, DTYPES, numberFlag } from '../flag-values.js';
import { addCalibrateCommand } from './add-calibrate-command.js';
import type { ConvertFlags } from './convert-model.js';
import type { LocateFlags } from './locate-model.js';
import type { PullFlags } from './pull-models.js';

interface JsonFlag {
  readonly json?: boolean;
}

/** `deepffmpeg models ...` */
export function addModelsCommand(program: Command, io: CliIo, done: (code: ExitCode) => void): void {
  const models = program
    .command('models')
    .description('bring models from the Hugging Face hub, and keep them');
  const add = (usage: string, description: string) =>
    models.command(usage).description(description).option('--json', 'print one JSON document');
  const addChoice = (command: Command) =>
    command
      .addOption(new Option('--dtype <dtype>', 'which networks (default: fp32)').choices(DTYPES))
      .addOption(
        new Option('--task <task>', 'what for, where its name does not tell').choices([
          'clip',
          'clap',
          'detect',
        ]),
      );

  add('list', 'those that are known by a short name, with their sets, and those in the cache').action(
    async (flags: JsonFlag) => {
      const { printModelList } = await import('./print-model-list.js');
      done(await printModelList(flags, io));
    },
  );
  add('show <name>', 'all that is known about one').action(async (name: string, flags: JsonFlag) => {
    const { showModel } = await import('./show-model.js');
    done(await showModel(name, flags, io));
  });
  addChoice(
    add('pull <names...>', 'bring them, or sets of them, into the cache, and check what is there'),
  ).action(async (names: string[], flags: PullFlags) => {
    const { pullModels } = await import('./pull-models.js');
    done(await pullModels(names, flags, io));
  });
  add('remove <names...>', 'take them out of the cache, for all programs that share it').action(
    async (names: string[], flags: JsonFlag) => {
      const { removeModels } = await import('./remove-models.js');
      done(await removeModels(names, flags, io));
    },
  );
  addChoice(add('where <name>', 'print the folder of its files')).action(
    async (name: string, flags: LocateFlags) => {
      const { locateModel } = await import('./locate-model.js');
      done(await locateModel(name, flags, io));
    },
  );
  add('check <names...>', 'compare their files with their digests').action(
    async (names: string[], flags: JsonFlag) => {
      const { checkModels } = await import('./check-models.js');
      done(await checkModels(names, flags, io));
    },
  );
  addCalibrateCommand(models, io, done);
  addConvertCommand(models, io, done);
}

const TASKS = ['clip', 'clap', 'yolo'] as const;

function addConvertCommand(models: Command, io: CliIo, done: (code: ExitCode) => void): void {
  models
    .command('convert')
    .description('convert a PyTorch model, and check each file against it; needs Python 3.11 and room')
    .addArgument(new Argument('<task>', 'sees, hears, or finds objects').choices(TASKS))
    .argument('<source>', 'a file, a folder, or a name of transformers, open_clip or msclap')
    .option('--output <folder>', 'the folder to make (default: models/NAME)')
    .option('--dtype <dtypes>', 'fp32, fp16, q8, with commas between (default: fp32)', choicesFlag(DTYPES))
    .option('--torchscript', 'write TorchScript too')
    .option('--openvino', 'write OpenVINO IR too')
    .addOption(new Option('--device <name>', 'where PyTorch runs (default: cpu)').choices(['cpu', 'cuda']))
    .option('--architecture <name>', 'of open_clip: then the source is its data or a file of weights')
    .option('--tokenizer <place>', 'tokenizer.json or its folder, where the source has none')
    .option('--labels <file>', 'of yolo: a class a line')
    .option(
      '--input-size <pixels>',
      'of yolo: a side of its pictures',
      numberFlag({ min: 32, max: 4096, whole: true }),
    )
    .option('--python <file>', 'the Python to use (default: DEEPFFMPEG_PYTHON, else python3)')
    .option('--models-config <file>', 'where to name it (default: models_config.json beside its folder)')
    .option('--json', 'print one JSON document')
    .action(async (task: ConversionTask, source: string, flags: ConvertFlags) => {
      const { convertModelTo } = await import('./convert-model.js');
      done(await convertModelTo(task, source, flags, io));
    });
}
