import { type Command, Option } from 'commander';
import { addLabelFlags } from '../add-label-flags.js';
import { addModelFlags } from '../add-model-flags.js';
import type { CliIo } from '../cli-io.js';
import type { ExitCode } from '../exit-code.js';
import { numberFlag } from '../flag-values.js';
import type { ConvertDetectorFlags } from './convert-detector.js';
import type { EmbedLabelsFlags } from './embed-labels.js';
import type { NativeBuildFlags } from './native-commands.js';

/** `deepffmpeg native ...` */
export function addNativeCommands(program: Command, io: CliIo, done: (code: ExitCode) => void): void {
  const native = program
    .command('native')
    .description('build and check an ffmpeg with classification filters');
  native
    .command('build')
    .description('build it from source on Debian 12 (5 to 7 minutes)')
    .option('--without-openvino', 'leave out OpenVINO: no .onnx and .xml models, no dnn_detect')
    .option('--without-libtorch', 'leave out LibTorch: no .pt models')
    .action(async (flags: NativeBuildFlags) => {
      const { buildNative } = await import('./native-commands.js');
      done(await buildNative(flags, io));
    });
  native
    .command('where')
    .description('print the path of the ffmpeg')
    .action(async () => {
      const { locateNative } = await import('./native-commands.js');
      done(await locateNative(io));
    });
  native
    .command('check')
    .description('show its filters and runtimes')
    .option('--json', 'print one JSON document')
    .action(async (flags: { readonly json?: boolean }) => {
      const { checkNative } = await import('./native-commands.js');
      done(await checkNative(flags, io));
    });
  native
    .command('convert-detector <model>')
    .description('convert a YOLOX model (.onnx) for the filter dnn_detect')
    .requiredOption('--output <file>', 'model for dnn_detect=model_type=ssd:layout=nchw')
    .action(async (model: string, flags: ConvertDetectorFlags) => {
      const { convertDetector } = await import('./convert-detector.js');
      done(await convertDetector(model, flags, io));
    });
}

/** Flags of `classify` that choose where the models run. */
export function addEngineFlags(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--engine <engine>',
        'run models with ONNX Runtime in this process, or in the ffmpeg of `deepffmpeg native` (default: onnx)',
      ).choices(['onnx', 'native']),
    )
    .addOption(
      new Option(
        '--runtime <runtime>',
        'runtime of --engine native; torch requires torchscript/*.pt of the model (default: openvino)',
      ).choices(['openvino', 'torch']),
    );
}

/** `deepffmpeg embed-labels ...` */
export function addEmbedLabelsCommand(program: Command, io: CliIo, done: (code: ExitCode) => void): void {
  const command = program
    .command('embed-labels')
    .description('write the text embeddings of labels for the filters clip and clap of the native ffmpeg');
  addLabelFlags(addModelFlags(command))
    .optionsGroup('Output:')
    .option('--temperature <t>', 'divide logits by this (default: 1)', numberFlag({ above: 0 }))
    .requiredOption('--output <file>', 'file for the option `texts` of the filters clip and clap')
    .option('-v, --verbose', 'print more details')
    .action(async (flags: EmbedLabelsFlags) => {
      const { embedLabels } = await import('./embed-labels.js');
      done(await embedLabels(flags, io));
    });
}
