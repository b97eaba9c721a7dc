import { type Command, Option } from 'commander';
import { DTYPES, MODEL_SETS, numberFlag } from './flag-values.js';

/** The flags that say which models, and how they run. */
export function addModelFlags(command: Command): Command {
  return command
    .optionsGroup('Models:')
    .option('--clip-model <folder|name>', "to see: a model's folder, or its name on the Hugging Face hub")
    .option('--clap-model <folder|name>', 'to hear: the same')
    .addOption(
      new Option(
        '--models <set>',
        'tiny comes with the program; of the others `deepffmpeg models list` tells which and why',
      )
        .choices(MODEL_SETS)
        .conflicts(['clipModel', 'clapModel']),
    )
    .addOption(
      new Option('--models-config <file>', 'the models that `models convert` named in it').conflicts(
        'models',
      ),
    )
    .addOption(
      new Option(
        '--download',
        'bring models from the hub that are not in the cache: else that is an error, as nothing is brought unasked',
      ),
    )
    .addOption(
      new Option('--dtype <dtype>', 'which networks of the models that see and hear (default: fp32)').choices(
        DTYPES,
      ),
    )
    .option('--tokenizer <file>', "tokenizer.json in place of the CLIP model's")
    .option('--audio-tokenizer <file>', "tokenizer.json in place of the CLAP model's")
    .option('--device <name>', 'cpu, cuda, ...: see `deepffmpeg doctor` (default: cpu)')
    .option(
      '--threads <n>',
      'threads of the model (default: all cores)',
      numberFlag({ min: 1, max: 256, whole: true }),
    )
    .option('--logit-scale <s>', "in place of the model's trained scale", numberFlag({ above: 0 }))
    .option('--clip-logit-scale <s>', 'the same, for CLIP alone', numberFlag({ above: 0 }))
    .option('--clap-logit-scale <s>', 'the same, for CLAP alone', numberFlag({ above: 0 }))
    .option('--clip-logit-bias <b>', "in place of a sigmoid model's trained bias", numberFlag())
    .option('--clap-logit-bias <b>', 'the same, for CLAP', numberFlag());
}
