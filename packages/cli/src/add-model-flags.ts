import { type Command, Option } from 'commander';
import { DTYPES, MODEL_SETS, numberFlag } from './flag-values.js';

/** The flags that say which models, and how they run. */
export function addModelFlags(command: Command): Command {
  command
    .optionsGroup('Models:')
    .option(
      '--clip-model <folder|name>',
      'image-text model (CLIP, SigLIP): a folder, a name on the Hugging Face hub, or tiny (included)',
    )
    .option(
      '--clap-model <folder|name>',
      'audio-text model (CLAP): a folder, a name on the Hugging Face hub, or tiny (included)',
    )
    .addOption(
      new Option(
        '--models <set>',
        'a model set for images and audio: balanced is recommended, tiny is included (see `deepffmpeg models list`)',
      )
        .choices(MODEL_SETS)
        .conflicts(['clipModel', 'clapModel']),
    )
    .addOption(
      new Option(
        '--models-config <file>',
        'take the models from a models_config.json of `models convert`',
      ).conflicts('models'),
    )
    .option('--download', 'download models that are not in the cache (default: an error)')
    .addOption(
      new Option(
        '--dtype <dtype>',
        'weights of the image-text and audio-text models (default: fp32)',
      ).choices(DTYPES),
    )
    .option('--tokenizer <file>', "tokenizer.json of the image-text model (default: the model's)")
    .option('--audio-tokenizer <file>', "tokenizer.json of the audio-text model (default: the model's)")
    .option('--device <name>', 'cpu, cuda, ... (see `deepffmpeg doctor`; default: cpu)')
    .option(
      '--threads <n>',
      'threads per model (default: all cores)',
      numberFlag({ min: 1, max: 256, whole: true }),
    );
  return addLogitFlags(command);
}

function addLogitFlags(command: Command): Command {
  return command
    .option('--logit-scale <s>', 'logit scale (default: the trained one)', numberFlag({ above: 0 }))
    .option('--clip-logit-scale <s>', 'logit scale of the image-text model', numberFlag({ above: 0 }))
    .option('--clap-logit-scale <s>', 'logit scale of the audio-text model', numberFlag({ above: 0 }))
    .option(
      '--clip-logit-bias <b>',
      'logit bias of an image-text model with sigmoid (default: the trained one)',
      numberFlag(),
    )
    .option(
      '--clap-logit-bias <b>',
      'logit bias of an audio-text model with sigmoid (default: the trained one)',
      numberFlag(),
    );
}
