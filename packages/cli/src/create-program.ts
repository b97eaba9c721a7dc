import { createRequire } from 'node:module';
import type { HeadName } from '@deepffmpeg/detect';
import { Command, Option } from 'commander';
import type { ClassifyFlags } from './classify.js';
import type { CliIo } from './cli-io.js';
import type { DoctorFlags } from './doctor.js';
import type { EmbedFlags } from './embed.js';
import type { ExitCode } from './exit-code.js';
import { anchorsFlag, DTYPES, listFlag, numberFlag } from './flag-values.js';
import { addModelsCommand } from './models/add-models-command.js';

const { version } = createRequire(import.meta.url)('../package.json') as { version: string }; // our own file

/** Written here too, or `--version` would load the detectors. */
const HEADS = [
  'yolox',
  'yolov8',
  'yolov5',
  'yolov4',
  'yolov3',
  'ssd',
  'detr',
] as const satisfies readonly HeadName[];

/** Flags of the original that have nothing left to do; scripts that use them still run. */
const NEEDLESS = ['--skip-confirmation', '--capture-output'];

/** The commands and their flags. `done` gets the exit code of the command that ran. */
export function createProgram(io: CliIo, done: (code: ExitCode) => void): Command {
  const program = new Command('deepffmpeg')
    .description(
      'Zero-shot classification of video, pictures and sound: what you look and listen for is said in words.',
    )
    .version(version)
    .helpOption('-h, --help', 'show this help')
    .showHelpAfterError('(--help shows all flags)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
    });

  const classify = command(program, 'classify', 'score videos, pictures and sound against labels');
  addModelFlags(addReadingFlags(classify))
    .addOption(
      new Option('--clip-labels <file|list>', 'labels, one a line, or "a cat,a dog"').conflicts(
        'clipCategories',
      ),
    )
    .option('--clip-categories <file>', 'categories: [Unit], (Category), a sentence a line')
    .option('--clip-template <text>', "sentence for labels, {} stands for the label (default: the model's)")
    .addOption(
      new Option('--clap-labels <file|list>', 'the same three for what is to be heard').conflicts(
        'clapCategories',
      ),
    )
    .option('--clap-categories <file>')
    .option('--clap-template <text>')
    .option('--confidence <p>', 'report labels from this probability on', numberFlag({ min: 0, max: 1 }), 0.3)
    .option(
      '--temperature <t>',
      'divides the logits: above 1 flatter, below 1 sharper (default: 1)',
      numberFlag({ above: 0 }),
    )
    .option('--clip-temperature <t>', 'the same, for pictures alone', numberFlag({ above: 0 }))
    .option('--clap-temperature <t>', 'the same, for sound alone', numberFlag({ above: 0 }))
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
    .option('--output-stats <file>', 'CSV of averages; a folder when there are several inputs')
    .option('--output-scores <file>', 'JSON Lines, an object a frame and a window of sound')
    .option('--output-segments <file>', '.json, .csv or .vtt')
    .option('--json', 'print one JSON document in place of tables');
  addObjectFlags(classify).action(async (inputs: string[], flags: ClassifyFlags) => {
    tellNeedless(flags, io);
    const { classify } = await import('./classify.js');
    done(await classify(inputs, flags, io));
  });

  const embed = command(
    program,
    'embed',
    'write the embedding of each frame and window of sound, to be scored later',
  );
  addModelFlags(addReadingFlags(embed))
    .requiredOption('--output <file>', 'JSON Lines: a header, then a vector a line')
    .addOption(
      new Option('--only <modality>', 'use one of the models of --models').choices(['vision', 'audio']),
    )
    .action(async (inputs: string[], flags: EmbedFlags) => {
      tellNeedless(flags, io);
      const { embed } = await import('./embed.js');
      done(await embed(inputs, flags, io));
    });

  addModelsCommand(program, io, done);

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
    .option('--input <path>', 'a further input; may be repeated', listFlag)
    .option('--sample <plan>', 'all, keyframes, auto, N/s, every:N, scene:T or at:T1,T2 (default: 1/s)')
    .option('--scene-threshold <t>', 'as --sample scene:T, when above 0', numberFlag({ max: 1 }))
    .option('--background <colour>', 'what transparent pixels of pictures are laid over (default: white)')
    .option(
      '--audio-stream <n>',
      "place among all the input's streams (default: its default one)",
      numberFlag({ min: 0, whole: true }),
    )
    .option(
      '--audio-window <s>',
      "how much sound is heard at once (default: the model's window)",
      numberFlag({ above: 0 }),
    )
    .option(
      '--audio-hop <s>',
      'from the start of one window to the next (default: the window)',
      numberFlag({ above: 0 }),
    )
    .option('--spool', 'put stdin into a temporary file first, for formats that need seeking')
    .option('--print-ffmpeg', 'show the ffmpeg commands')
    .option('--verbose', 'tell more about what happens');
  for (const flag of NEEDLESS) command.addOption(new Option(flag).hideHelp());
  return command;
}

function addModelFlags(command: Command): Command {
  return command
    .option('--clip-model <folder|name>', "to see: a model's folder, or its name on the Hugging Face hub")
    .option('--clap-model <folder|name>', 'to hear: the same')
    .addOption(
      new Option('--models <set>', 'models that come with the program')
        .choices(['tiny'])
        .conflicts(['clipModel', 'clapModel']),
    )
    .addOption(
      new Option(
        '--download',
        'bring a named model from the hub if it is not in the cache: else that is an error, as nothing is brought unasked',
      ).conflicts('models'),
    )
    .addOption(
      new Option('--dtype <dtype>', 'which networks of the models that see and hear (default: fp32)')
        .choices(DTYPES)
        .conflicts('models'),
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

function addObjectFlags(command: Command): Command {
  return command
    .optionsGroup('Objects:')
    .option(
      '--detect-model <file|folder|name>',
      'find objects: labels to look for are then compared with each of them, and without labels their classes are told',
    )
    .addOption(
      new Option(
        '--detect-head <head>',
        "how the model's output is laid out (default: its deepffmpeg.json tells)",
      ).choices(HEADS),
    )
    .option('--detect-labels <file|list>', "the model's classes, in its order (default: COCO's 80)")
    .option('--nb-classes <n>', 'how many classes it has, to be sure', numberFlag({ min: 1, whole: true }))
    .option(
      '--anchors <list>',
      'of YOLOv3 and v4: width&height&width&height..., pixels of its input',
      anchorsFlag,
    )
    .option(
      '--detect-confidence <p>',
      'objects from this probability on (default: --confidence)',
      numberFlag({ above: 0, max: 1 }),
    )
    .option(
      '--target <labels>',
      'only objects of these classes, with commas between; may be repeated',
      listFlag,
    )
    .option('--track', 'follow objects from frame to frame; --sample is then all unless it is given')
    .option(
      '--track-interval <s>',
      'compare a tracked object with labels once in so many seconds (default: 0, each frame)',
      numberFlag({ min: 0, max: 3600 }),
    )
    .option('--output-detections <file>', "all objects, as COCO's results (.json)")
    .option(
      '--visualization [file]',
      'draw objects into a video with its sound (.mp4, .mkv, .mov, .webm) or a picture (.png, .jpg, .webp); a folder when there are several inputs; without a file, as --play',
    )
    .option('--play', 'draw objects and show them in a window of ffplay')
    .option('--box-color <colour>', 'of the line around an object (default: red)')
    .option('--text-color <colour>', 'of its text (default: yellow)')
    .option('--border-color <colour>', "of the line around the text (default: the text's)")
    .option(
      '--font-size <pixels>',
      'of the text (default: 20)',
      numberFlag({ min: 6, max: 200, whole: true }),
    )
    .option(
      '--output-tracks <file>',
      'tracks as MOTChallenge has them; a folder when there are several inputs',
    );
}

function tellNeedless(flags: object, { stderr }: CliIo): void {
  for (const flag of NEEDLESS) {
    const key = flag.slice(2).replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
    if (key in flags) stderr.write(`${flag} is not needed any more\n`);
  }
}
