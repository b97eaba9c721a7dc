import type { HeadName } from '@deepffmpeg/detect';
import { type Command, Option } from 'commander';
import { anchorsFlag, listFlag, numberFlag } from './flag-values.js';

/** Written here too, or `--version` would load the detectors. */
const HEADS = {
  yolox: true,
  'yolox-decoded': true,
  yolov8: true,
  yolov5: true,
  yolov4: true,
  yolov3: true,
  ssd: true,
  detr: true,
} satisfies Readonly<Record<HeadName, true>>;

/** The flags of a detector. */
export function addDetectFlags(command: Command): Command {
  return command
    .optionsGroup('Objects (need --detect-model):')
    .option(
      '--detect-model <tiny|file|folder|name>',
      'find objects: labels to look for are then compared with each of them, and without labels their classes are told; tiny comes with the program (shapes and drawn figures)',
    )
    .addOption(
      new Option(
        '--detect-head <head>',
        "how the model's output is laid out (default: its deepffmpeg.json tells)",
      ).choices(Object.keys(HEADS)),
    )
    .option('--detect-labels <file|list|pack>', "the model's classes, in its order (default: COCO's 80)")
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
    .option('--track', 'follow objects from frame to frame; --sample is then all unless it is given');
}

/** The flags of `classify` that are about objects. */
export function addObjectFlags(command: Command): Command {
  return addDetectFlags(command)
    .option(
      '--track-interval <s>',
      'compare a tracked object with labels once in so many seconds (default: 0, each frame)',
      numberFlag({ min: 0, max: 3600 }),
    )
    .option(
      '--crop-margin <share>',
      'compare an object together with so much of what is around it on each side, of its own size (default: 0)',
      numberFlag({ min: 0, max: 2 }),
    )
    .option('--output-detections <file>', "all objects, as COCO's results (.json)")
    .option(
      '--output-tracks <file>',
      'tracks as MOTChallenge has them; a folder when there are several inputs',
    )
    .optionsGroup('Drawing (needs --detect-model):')
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
    );
}
