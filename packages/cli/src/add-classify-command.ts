import type { Command } from 'commander';
import { addLabelFlags } from './add-label-flags.js';
import { addModelFlags } from './add-model-flags.js';
import { addObjectFlags } from './add-object-flags.js';
import { addInputCommand, addReadingFlags, tellNeedless } from './add-reading-flags.js';
import { addScoreFlags } from './add-score-flags.js';
import type { ClassifyFlags } from './classify.js';
import type { CliIo } from './cli-io.js';
import type { ExitCode } from './exit-code.js';
import { listFlag, numberFlag } from './flag-values.js';
import { addEngineFlags } from './native/add-native-commands.js';

const EXAMPLES = `
Examples:
  deepffmpeg classify film.mp4 --models tiny --clip-labels "dark,bright"
  deepffmpeg classify film.mp4 --clap-model ./clap --clap-labels sounds.txt \\
    --output-segments sounds.vtt
  deepffmpeg classify film.mp4 --models tiny --detect-model tiny \\
    --target circle --crop-margin 0.3 --clip-labels "a red circle,a blue circle"
  deepffmpeg classify film.mp4 --detect-model yolox_s.onnx --detect-head yolox \\
    --track --visualization seen.mp4`;

/** `deepffmpeg classify ...` */
export function addClassifyCommand(program: Command, io: CliIo, done: (code: ExitCode) => void): void {
  const classify = addInputCommand(
    program,
    'classify',
    'score images, video, audio and detected objects against labels',
  );
  addLabelFlags(addEngineFlags(addModelFlags(addReadingFlags(classify)))).optionsGroup('Scores:');
  addSegmentFlags(addScoreFlags(classify));
  addOutputFlags(classify);
  addObjectFlags(classify)
    .addHelpText('after', EXAMPLES)
    .action(async (inputs: string[], flags: ClassifyFlags) => {
      tellNeedless(flags, io);
      const { classify } = await import('./classify.js');
      done(await classify(inputs, flags, io));
    });
}

function addSegmentFlags(command: Command): Command {
  return command
    .option(
      '--top <n>',
      'most labels to report of each frame, object and audio window, the most probable; averages count what is reported (default: 4)',
      numberFlag({ min: 1, whole: true }),
    )
    .option(
      '--calibration <file>',
      'calibration that `models calibrate` wrote; may be repeated: one for images, one for audio',
      listFlag,
    )
    .option(
      '--segment-enter <p>',
      'a segment of a label starts at this probability (default: 0.5)',
      numberFlag({ min: 0, max: 1 }),
    )
    .option(
      '--segment-exit <p>',
      'and ends below this probability (default: 0.8 * enter)',
      numberFlag({ min: 0, max: 1 }),
    )
    .option(
      '--segment-min <s>',
      'leave out segments shorter than this, in seconds (default: 0)',
      numberFlag({ min: 0 }),
    )
    .option('--from-embeddings <file>', 'score embeddings that `embed` wrote, in place of media');
}

function addOutputFlags(command: Command): Command {
  return command
    .optionsGroup('Output:')
    .option('--output-stats <file>', 'averages as CSV; a folder when there are several inputs')
    .option('--output-scores <file>', 'scores of each frame and audio window as JSON Lines')
    .option('--output-segments <file>', 'segments as .json, .csv or .vtt')
    .option('--json', 'print one JSON document in place of tables');
}
