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

/** The flags of a detector. @param use - what the command does with objects */
export function addDetectFlags(command: Command, use = ''): Command {
  return command
    .optionsGroup('Objects (require --detect-model):')
    .option(
      '--detect-model <tiny|file|folder|name>',
      `object detection model: a file, a folder, a name on the hub, or tiny (included; shapes and drawn figures)${use}`,
    )
    .addOption(
      new Option(
        '--detect-head <head>',
        'output layout of the model (default: as its deepffmpeg.json says)',
      ).choices(Object.keys(HEADS)),
    )
    .option('--detect-labels <file|list|pack>', "class names in the model's order (default: COCO's 80)")
    .option(
      '--nb-classes <n>',
      'number of classes, compared with the model and the class names',
      numberFlag({ min: 1, whole: true }),
    )
    .option(
      '--anchors <list>',
      'anchor boxes of YOLOv3 and v4: width&height&width&height..., in input pixels',
      anchorsFlag,
    )
    .option(
      '--detect-confidence <p>',
      'report objects from this confidence on (default: --confidence)',
      numberFlag({ above: 0, max: 1 }),
    )
    .option('--target <labels>', 'report only these classes, separated by commas; may be repeated', listFlag)
    .option('--track', 'track objects across frames; --sample is then all by default');
}

/** The flags of `classify` that are about objects. */
export function addObjectFlags(command: Command): Command {
  return addDetectFlags(
    command,
    '. Image labels are then compared with each object; without them its class is reported',
  )
    .option(
      '--track-interval <s>',
      'seconds between comparisons of a tracked object with the labels (default: 0, each frame)',
      numberFlag({ min: 0, max: 3600 }),
    )
    .option(
      '--crop-margin <share>',
      'context added to the crop of an object on each side, as a share of its size (default: 0)',
      numberFlag({ min: 0, max: 2 }),
    )
    .option('--output-detections <file>', 'detections in the COCO results format (.json)')
    .option(
      '--output-tracks <file>',
      'tracks in the MOTChallenge format; a folder when there are several inputs',
    )
    .optionsGroup('Drawing (requires --detect-model):')
    .option(
      '--visualization [file]',
      'draw objects into a video with its audio (.mp4, .mkv, .mov, .webm) or an image (.png, .jpg, .webp); a folder when there are several inputs; without a file, as --play',
    )
    .option('--play', 'draw objects and play the result with ffplay')
    .option('--box-color <colour>', 'colour of bounding boxes (default: red)')
    .option('--text-color <colour>', 'colour of captions (default: yellow)')
    .option('--border-color <colour>', 'colour of caption borders (default: --text-color)')
    .option(
      '--font-size <pixels>',
      'size of captions in pixels (default: 20)',
      numberFlag({ min: 6, max: 200, whole: true }),
    );
}
