import type { ModelTask } from '@deepffmpeg/models';
import type { Command } from 'commander';
import { Argument, InvalidArgumentError, Option } from 'commander';
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
    .description('download, list, verify, calibrate and convert models');
  const add = (usage: string, description: string) =>
    models.command(usage).description(description).option('--json', 'print one JSON document');
  const addChoice = (command: Command) =>
    command
      .addOption(new Option('--dtype <dtype>', 'weights (default: fp32)').choices(DTYPES))
      .addOption(
        new Option(
          '--task <task>',
          'what the model is for, if its name does not tell: image-text, audio-text or object detection',
        ).choices(TASKS),
      );

  add('list', 'list known models, model sets, and models in the cache').action(async (flags: JsonFlag) => {
    const { printModelList } = await import('./print-model-list.js');
    done(await printModelList(flags, io));
  });
  add('show <name>', 'show the details of a model').action(async (name: string, flags: JsonFlag) => {
    const { showModel } = await import('./show-model.js');
    done(await showModel(name, flags, io));
  });
  addChoice(add('pull <names...>', 'download models or model sets into the cache, and verify them')).action(
    async (names: string[], flags: PullFlags) => {
      const { pullModels } = await import('./pull-models.js');
      done(await pullModels(names, flags, io));
    },
  );
  add('remove <names...>', 'delete models from the cache, which other programs share').action(
    async (names: string[], flags: JsonFlag) => {
      const { removeModels } = await import('./remove-models.js');
      done(await removeModels(names, flags, io));
    },
  );
  addChoice(add('where <name>', 'print the folder of a model')).action(
    async (name: string, flags: LocateFlags) => {
      const { locateModel } = await import('./locate-model.js');
      done(await locateModel(name, flags, io));
    },
  );
  add('check <names...>', 'verify the files of models by their checksums').action(
    async (names: string[], flags: JsonFlag) => {
      const { checkModels } = await import('./check-models.js');
      done(await checkModels(names, flags, io));
    },
  );
  addCalibrateCommand(models, io, done);
  addConvertCommand(models, io, done);
}

const TASKS = ['clip', 'clap', 'detect'] as const satisfies readonly ModelTask[];

/** `yolo` is another word for a detector: those that can be converted are of that family. */
function taskOf(word: string): ModelTask {
  const task = TASKS.find((each) => each === word) ?? (word === 'yolo' ? 'detect' : undefined);
  if (task === undefined) throw new InvalidArgumentError(`Allowed choices are ${TASKS.join(', ')}.`);
  return task;
}

function addConvertCommand(models: Command, io: CliIo, done: (code: ExitCode) => void): void {
  models
    .command('convert')
    .description(
      'convert a PyTorch model, and verify each file against it (requires Python 3.11 or newer and 6.5 GB of disk space)',
    )
    .addArgument(
      new Argument('<task>', 'image-text, audio-text or object detection').choices(TASKS).argParser(taskOf),
    )
    .argument('<source>', 'a file, a folder, or a name of transformers, open_clip or msclap')
    .option('--output <folder>', 'output folder (default: models/NAME)')
    .option(
      '--dtype <dtypes>',
      'weights to write: fp32, fp16, q8, separated by commas (default: fp32)',
      choicesFlag(DTYPES),
    )
    .option('--torchscript', 'also write TorchScript')
    .option('--openvino', 'also write OpenVINO IR')
    .addOption(new Option('--device <name>', 'device for PyTorch (default: cpu)').choices(['cpu', 'cuda']))
    .option(
      '--architecture <name>',
      'open_clip architecture; the source is then the name of its pretrained weights, or a file of weights',
    )
    .option('--tokenizer <place>', 'tokenizer.json or its folder, if the source has none')
    .option('--labels <file>', 'detect: file of class names, one per line')
    .option(
      '--input-size <pixels>',
      'detect: width and height of the input',
      numberFlag({ min: 32, max: 4096, whole: true }),
    )
    .option('--python <file>', 'Python interpreter (default: DEEPFFMPEG_PYTHON, else python3)')
    .option(
      '--models-config <file>',
      'file that lists the model (default: models_config.json beside its folder)',
    )
    .option('--json', 'print one JSON document')
    .action(async (task: ModelTask, source: string, flags: ConvertFlags) => {
      const { convertModelTo } = await import('./convert-model.js');
      done(await convertModelTo(task, source, flags, io));
    });
}
