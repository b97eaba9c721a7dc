import { MediaError, type Modality } from '@deepffmpeg/core';
import type { ChosenLabels } from './choose-labels.js';

/** The flags of each modality, which are of no use without its labels. */
const OF_LABELS = {
  vision: [
    ...['clipModel', 'clipTemplate', 'clipTemperature', 'clipLogitScale', 'clipLogitBias', 'tokenizer'],
  ],
  audio: [
    ...['clapModel', 'clapTemplate', 'clapTemperature', 'clapLogitScale', 'clapLogitBias', 'audioTokenizer'],
    ...['audioWindow', 'audioHop'],
  ],
} as const satisfies Readonly<Record<Modality, readonly string[]>>;

/** Those of seeing anything, by labels or a detector. */
const OF_SIGHT = ['sample', 'background'] as const;

/** Those of a detector. */
const OF_OBJECTS = [
  ...['detectHead', 'detectLabels', 'nbClasses', 'anchors', 'detectConfidence', 'target'],
  ...['track', 'trackInterval', 'cropMargin', 'outputDetections', 'outputTracks', 'visualization', 'play'],
] as const;

/** Those of drawing, which are of no use where nothing is drawn. */
const OF_DRAWING = ['boxColor', 'textColor', 'borderColor', 'fontSize'] as const;

/** The flags of reading, which are of no use where nothing is read. */
const OF_READING = [
  ...['sample', 'background', 'audioStream', 'audioWindow', 'audioHop', 'spool', 'printFfmpeg'],
] as const;

type Flag =
  | (typeof OF_LABELS)[Modality][number]
  | (typeof OF_SIGHT)[number]
  | (typeof OF_OBJECTS)[number]
  | (typeof OF_DRAWING)[number]
  | (typeof OF_READING)[number]
  | 'detectModel'
  | 'clipLabels'
  | 'clipCategories'
  | 'clapLabels'
  | 'clapCategories'
  | 'fromEmbeddings'
  | 'top';

/** @throws {MediaError} `ERR_INVALID_OPTIONS` when a flag has nothing to do. */
export function refuseIdleFlags(labels: ChosenLabels, flags: Readonly<Partial<Record<Flag, unknown>>>): void {
  const find = (names: readonly Flag[]) => names.find((name) => flags[name] !== undefined);
  for (const modality of ['vision', 'audio'] as const) {
    const idle = labels[modality] ? undefined : find(OF_LABELS[modality]);
    const kind = modality === 'vision' ? 'clip' : 'clap';
    if (idle) throw useless(idle, `without --${kind}-labels or --${kind}-categories`);
  }
  if (flags.top !== undefined && ![labels.vision, labels.audio].some((set) => set?.kind === 'labels'))
    throw useless(
      'top',
      'without --clip-labels or --clap-labels: of categories the best of each unit is reported',
    );
  const isHeard = labels.audio !== undefined || typeof flags.visualization === 'string';
  if (flags.audioStream !== undefined && !isHeard)
    throw useless('audioStream', 'without --clap-labels, --clap-categories or --visualization FILE');
  const isSeen = labels.vision !== undefined || flags.detectModel !== undefined;
  const unseen = isSeen ? undefined : find(OF_SIGHT);
  if (unseen) throw useless(unseen, 'without --clip-labels, --clip-categories or --detect-model');
  refuseIdleObjectFlags(flags);
  if (flags.trackInterval !== undefined && !(flags.track || flags.outputTracks))
    throw useless('trackInterval', 'without --track');
  if (flags.trackInterval !== undefined && !labels.vision)
    throw useless(
      'trackInterval',
      'without --clip-labels or --clip-categories, which a track is looked at for',
    );
  if (flags.cropMargin !== undefined && !labels.vision)
    throw useless(
      'cropMargin',
      'without --clip-labels or --clip-categories, which objects are compared with',
    );
  const drawn = flags.visualization === undefined && flags.play === undefined ? find(OF_DRAWING) : undefined;
  if (drawn) throw useless(drawn, 'without --visualization or --play');
  if (flags.fromEmbeddings === undefined) return;
  if (flags.detectModel !== undefined)
    throw useless('detectModel', 'with --from-embeddings, which holds no pictures');
  const idle = find(OF_READING);
  if (idle) throw useless(idle, 'with --from-embeddings, which holds what was read before');
}

/** @throws {MediaError} `ERR_INVALID_OPTIONS` when a flag of a detector has nothing to do. */
export function refuseIdleObjectFlags(flags: Readonly<Partial<Record<Flag, unknown>>>): void {
  const lacking = flags.detectModel === undefined && OF_OBJECTS.find((name) => flags[name] !== undefined);
  if (lacking) throw useless(lacking, 'without --detect-model (tiny comes with the program)');
  const { detectHead: head } = flags;
  if (flags.anchors !== undefined && head !== undefined && head !== 'yolov4' && head !== 'yolov3')
    throw useless('anchors', `with --detect-head ${head}`);
}

/** @throws {MediaError} `ERR_INVALID_OPTIONS` when a flag is of a model that nobody named. */
export function refuseModelFlags(
  flags: Readonly<Partial<Record<Flag | 'models' | 'modelsConfig', unknown>>>,
): void {
  if (flags.models !== undefined || flags.modelsConfig !== undefined) return;
  for (const [modality, kind] of [
    ['vision', 'clip'],
    ['audio', 'clap'],
  ] as const) {
    if (flags[`${kind}Model`] !== undefined) continue;
    const names = [...OF_LABELS[modality], `${kind}Labels`, `${kind}Categories`] as const;
    const idle = names.find((name) => flags[name] !== undefined);
    if (idle) throw useless(idle, `without --${kind}-model`);
  }
}

function useless(name: string, why: string): MediaError {
  const flag = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return new MediaError('ERR_INVALID_OPTIONS', `--${flag} is of no use ${why}`);
}
