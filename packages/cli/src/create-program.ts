import { createRequire } from 'node:module';
import { Command, Option } from 'commander';
import { addCombineFlags } from './add-combine-flags.js';
import { addLabelFlags } from './add-label-flags.js';
import { addModelFlags } from './add-model-flags.js';
import { addDetectFlags, addObjectFlags } from './add-object-flags.js';
import { addScoreFlags } from './add-score-flags.js';
import { addSoundFlags } from './add-sound-flags.js';
import type { AnalyzeFlags } from './analyze.js';
import type { ClassifyFlags } from './classify.js';
import type { CliIo } from './cli-io.js';
import type { CombineFlags } from './combine.js';
import type { DoctorFlags } from './doctor.js';
import type { EmbedFlags } from './embed.js';
import type { ExitCode } from './exit-code.js';
import { choicesFlag, listFlag, numberFlag } from './flag-values.js';
import { addLabelsCommand } from './labels/add-labels-command.js';
import { addModelsCommand } from './models/add-models-command.js';
import { addEmbedLabelsAction, addEngineFlags, addNativeCommands } from './native/add-native-commands.js';
import { addShotFlags } from './shot-flags.js';

const { version } = createRequire(import.meta.url)('../package.json') as { version: string }; // our own file

/** Flags of the original that have nothing left to do; scripts that use them still run. */
const NEEDLESS = ['--skip-confirmation', '--capture-output'];

const EXAMPLES = `
Examples:
  deepffmpeg classify film.mp4 --models tiny --clip-labels "dark,bright"
  deepffmpeg classify film.mp4 --clap-model ./clap --clap-labels sounds.txt \\
    --output-segments sounds.vtt
  deepffmpeg classify film.mp4 --models tiny --detect-model tiny \\
    --target circle --crop-margin 0.3 --clip-labels "a red circle,a blue circle"
  deepffmpeg classify film.mp4 --detect-model yolox_s.onnx --detect-head yolox \\
    --track --visualization seen.mp4`;

/** The commands and their flags. `done` gets the exit code of the command that ran. */
export function createProgram(io: CliIo, done: (code: ExitCode) => void): Command {
  const program = new Command('deepffmpeg')
    .description(
      'Zero-shot classification of video, pictures and sound, by words; objects in pictures; technical analysis.',
    )
    .version(version)
    .helpOption('-h, --help', 'show this help')
    .showHelpAfterError('(--help shows all flags)')
    .configureHelp({ minWidthToWrap: 20 }) // the longest flags leave that much of 80 columns
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
    });

  const classify = command(
    program,
    'classify',
    'score videos, pictures, objects in them, and sound against labels',
  );
  addLabelFlags(addEngineFlags(addModelFlags(addReadingFlags(classify)))).optionsGroup('Scores:');
  addScoreFlags(classify)
    .option(
      '--calibration <file>',
      'what `models calibrate` found; may be repeated: of sight, of sound',
      listFlag,
    )
    .option(
      '--segment-enter <p>',
      'a label begins to hold here (default: 0.5)',
      numberFlag({ min: 0, max: 1 }),
    )
    .option(
      '--segment-exit <p>',
      'and holds until it falls below this (default: 0.8 * enter)',
      numberFlag({ min: 0, max: 1 }),
    )
    .option('--segment-min <s>', 'leave out shorter segments (default: 0)', numberFlag({ min: 0 }))
    .option('--from-embeddings <file>', 'score what `embed` wrote, without the media')
    .optionsGroup('Output:')
    .option('--output-stats <file>', 'CSV of averages; a folder when there are several inputs')
    .option('--output-scores <file>', 'JSON Lines, an object a frame and a window of sound')
    .option('--output-segments <file>', '.json, .csv or .vtt')
    .option('--json', 'print one JSON document in place of tables');
  addObjectFlags(classify).action(async (inputs: string[], flags: ClassifyFlags) => {
    tellNeedless(flags, io);
    const { classify } = await import('./classify.js');
    done(await classify(inputs, flags, io));
  });

  classify.addHelpText('after', EXAMPLES);

  const embed = command(
    program,
    'embed',
    'write the embedding of each frame and window of sound, to be scored later',
  );
  addModelFlags(addReadingFlags(embed))
    .optionsGroup('Output:')
    .requiredOption('--output <file>', 'JSON Lines: a header, then a vector a line')
    .addOption(
      new Option('--only <modality>', 'use one of the models of --models').choices(['vision', 'audio']),
    )
    .action(async (inputs: string[], flags: EmbedFlags) => {
      tellNeedless(flags, io);
      const { embed } = await import('./embed.js');
      done(await embed(inputs, flags, io));
    });

  const analyze = command(
    program,
    'analyze',
    'measure videos and recordings: shots, loudness, silence, faults of picture and sound',
  )
    .option('--input <path>', 'a further input; may be repeated', listFlag)
    .option('-o, --output-dir <folder>', 'where NAME_analysis.json goes', '.')
    .option('-j, --json <file>', 'the same, of one input, to this file');
  addShotFlags(analyze)
    .option(
      '--export <formats>',
      'shots as csv (PySceneDetect), edl, otio, fcpxml, ffmetadata, vtt, qp, with commas between: NAME_shots.csv, ...',
      choicesFlag(['csv', 'edl', 'otio', 'fcpxml', 'ffmetadata', 'vtt', 'qp']),
    )
    .option('--contact-sheet', 'a picture of all shots: NAME_contact_sheet.jpg')
    .option('--shot-pictures', 'a picture of each shot: NAME_shots/0001.jpg, ...')
    .option('--fast', 'decode nothing: what the file says of itself, and shots by keyframes')
    .option('-v, --verbose', 'tell every event, and why the production value is what it is')
    .action(async (inputs: string[], flags: AnalyzeFlags) => {
      const { analyze } = await import('./analyze.js');
      done(await analyze(inputs, flags, io));
    });

  addLabelsCommand(program, io, done);
  const combine = command(
    program,
    'combine',
    'analyse films in every way, over one decode, and say what follows: type, quality, mood, story; with a page to look at',
  );
  addDetectFlags(addModelFlags(addCombineFlags(combine))).action(
    async (inputs: string[], flags: CombineFlags) => {
      const { combine } = await import('./combine.js');
      done(await combine(inputs, flags, io));
    },
  );

  addModelsCommand(program, io, done);
  addNativeCommands(program, io, done);
  const embedLabels = program
    .command('embed-labels')
    .description('write the embeddings of labels for the filters clip and clap of the native ffmpeg')
    .helpOption('-h, --help', 'show this help');
  addEmbedLabelsAction(addLabelFlags(addModelFlags(embedLabels)), io, done);

  program
    .command('doctor')
    .description('show whether ffmpeg, models and devices are ready')
    .option('--json', 'print one JSON document')
    .action(async (flags: DoctorFlags) => {
      const { doctor } = await import('./doctor.js');
      done(await doctor(flags, io));
    });
  return program;
}

function command(program: Command, name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .helpOption('-h, --help', 'show this help')
    .argument('[inputs...]', 'files, folders, addresses (http, https), or - for stdin');
}

function addReadingFlags(command: Command): Command {
  command
    .optionsGroup('Inputs:')
    .option('--input <path>', 'a further input; may be repeated', listFlag)
    .option(
      '--sample <plan>',
      'all, keyframes, auto, shots (one frame for each), N/s, every:N, scene:T or at:T1,T2 (default: 1/s)',
    )
    .option('--scene-threshold <t>', 'as --sample scene:T, when above 0', numberFlag({ max: 1 }))
    .option('--background <colour>', 'what transparent pixels of pictures are laid over (default: white)');
  addSoundFlags(command)
    .option('--spool', 'put stdin into a temporary file first, for formats that need seeking')
    .option('--print-ffmpeg', 'show the ffmpeg commands')
    .option('-v, --verbose', 'tell more about what happens');
  for (const flag of NEEDLESS) command.addOption(new Option(flag).hideHelp());
  return command;
}

function tellNeedless(flags: object, { stderr }: CliIo): void {
  for (const flag of NEEDLESS) {
    const key = flag.slice(2).replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
    if (key in flags) stderr.write(`${flag} is not needed any more\n`);
  }
}
