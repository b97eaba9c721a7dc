import { type Command, Option } from 'commander';
import type { CliIo } from '../cli-io.js';
import type { ExitCode } from '../exit-code.js';
import { numberFlag } from '../flag-values.js';
import type { ConvertDetectorFlags } from './convert-detector.js';
import type { EmbedLabelsFlags } from './embed-labels.js';
import type { NativeBuildFlags } from './native-commands.js';

/** `deepffmpeg native ...` */
export function addNativeCommands(program: Command, io: CliIo, done: (code: ExitCode) => void): void {
  const native = program.command('native').description('an ffmpeg that classifies by filters of its own');
  native
    .command('build')
    .description('build it from source, on Debian 12: 5 to 10 minutes')
    .option('--without-openvino', 'without .onnx and .xml models, and without dnn_detect')
    .option('--without-libtorch', 'without .pt models')
    .action(async (flags: NativeBuildFlags) => {
      const { buildNative } = await import('./native-commands.js');
      done(await buildNative(flags, io));
    });
  native
    .command('where')
    .description('print its path')
    .action(async () => {
      const { locateNative } = await import('./native-commands.js');
      done(await locateNative(io));
    });
  native
    .command('check')
    .description('show which filters and runtimes it has')
    .option('--json', 'print one JSON document')
    .action(async (flags: { readonly json?: boolean }) => {
      const { checkNative } = await import('./native-commands.js');
      done(await checkNative(flags, io));
    });
  native
    .command('convert-detector <model>')
    .description('give a YOLOX network (.onnx) the outputs that the filter dnn_detect reads')
    .requiredOption('--output <file>', 'the network for dnn_detect=model_type=ssd:layout=nchw')
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
        'where models run: in this program, or within the ffmpeg of `deepffmpeg native` (default: onnx)',
      ).choices(['onnx', 'native']),
    )
    .addOption(
      new Option(
        '--runtime <runtime>',
        'of --engine native: torch takes torchscript/*.pt of the model (default: openvino)',
      ).choices(['openvino', 'torch']),
    );
}

/** What `embed-labels` does. */
export function addEmbedLabelsAction(command: Command, io: CliIo, done: (code: ExitCode) => void): void {
  command
    .option('--temperature <t>', 'divides the logits (default: 1)', numberFlag({ above: 0 }))
    .requiredOption('--output <file>', 'what the filters clip and clap take as `texts`')
    .option('-v, --verbose', 'tell more about what happens')
    .action(async (flags: EmbedLabelsFlags) => {
      const { embedLabels } = await import('./embed-labels.js');
      done(await embedLabels(flags, io));
    });
}
