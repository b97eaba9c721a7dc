import { MediaError, type Modality } from '@deepffmpeg/core';
import { type DetectChoice, isTracking } from './choose-detector.js';
import type { ChosenLabels } from './choose-labels.js';

/** The flags of each modality, which require its labels. */
const OF_LABELS = {
  vision: [
    ...['clipModel', 'clipTemplate', 'clipTemperature', 'clipLogitScale', 'clipLogitBias', 'tokenizer'],
  ],
  audio: [
    ...['clapModel', 'clapTemplate', 'clapTemperature', 'clapLogitScale', 'clapLogitBias', 'audioTokenizer'],
    ...['audioWindow', 'audioHop'],
  ],
} as const satisfies Readonly<Record<Modality, readonly string[]>>;

/** Those of any labels. */
const OF_SCORES = ['dtype', 'logitScale', 'temperature'] as const;

/** Those of seeing anything, by labels or a detector. */
const OF_SIGHT = ['sample', 'sceneThreshold', 'background'] as const;

/** Those of a detector. */
const OF_OBJECTS = [
  ...['detectHead', 'detectLabels', 'nbClasses', 'anchors', 'detectConfidence', 'target'],
  ...['track', 'trackInterval', 'cropMargin', 'outputDetections', 'outputTracks', 'visualization', 'play'],
] as const;

/** Those of drawing. */
const OF_DRAWING = ['boxColor', 'textColor', 'borderColor', 'fontSize'] as const;

/** Those of reading media. */
const OF_READING = [
  ...OF_SIGHT,
  ...['audioStream', 'audioWindow', 'audioHop', 'spool', 'printFfmpeg'],
] as const;

/** What names of flags begin with. */
const KINDS = { vision: 'clip', audio: 'clap' } as const satisfies Readonly<Record<Modality, string>>;

type Flag =
  | (typeof OF_LABELS)[Modality][number]
  | (typeof OF_SCORES)[number]
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

type Flags = Readonly<Partial<Record<Flag, unknown>>>;

/** The first of these flags that is given. */
function findGiven(flags: Flags, names: readonly Flag[]): Flag | undefined {
  // The original's way to turn scenes off.
  const isOff = (name: Flag) => name === 'sceneThreshold' && Number(flags.sceneThreshold) <= 0;
  return names.find((name) => flags[name] !== undefined && !isOff(name));
}

/** @throws {MediaError} `ERR_INVALID_OPTIONS` when a flag has nothing to do. */
export function refuseIdleFlags(labels: ChosenLabels, flags: Flags & DetectChoice): void {
  const find = (names: readonly Flag[]) => findGiven(flags, names);
  for (const modality of ['vision', 'audio'] as const) {
    const idle = labels[modality] ? undefined : find(OF_LABELS[modality]);
    const kind = KINDS[modality];
    if (idle) throw idleFlag(idle, `requires --${kind}-labels or --${kind}-categories`);
  }
  const unscored = labels.vision || labels.audio ? undefined : find(OF_SCORES);
  if (unscored)
    throw idleFlag(unscored, 'requires --clip-labels, --clip-categories, --clap-labels or --clap-categories');
  if (flags.top !== undefined && ![labels.vision, labels.audio].some((set) => set?.kind === 'labels'))
    throw idleFlag(
      'top',
      'requires --clip-labels or --clap-labels: of categories the best of each unit is reported',
    );
  const isHeard = labels.audio !== undefined || typeof flags.visualization === 'string';
  if (flags.audioStream !== undefined && !isHeard)
    throw idleFlag('audioStream', 'requires --clap-labels, --clap-categories or --visualization FILE');
  const isSeen = labels.vision !== undefined || flags.detectModel !== undefined;
  const unseen = isSeen ? undefined : find(OF_SIGHT);
  if (unseen) throw idleFlag(unseen, 'requires --clip-labels, --clip-categories or --detect-model');
  refuseIdleObjectFlags(flags);
  if (flags.trackInterval !== undefined && !isTracking(flags))
    throw idleFlag('trackInterval', 'requires --track');
  if (flags.trackInterval !== undefined && !labels.vision)
    throw idleFlag(
      'trackInterval',
      'requires --clip-labels or --clip-categories, which tracked objects are compared with',
    );
  if (flags.cropMargin !== undefined && !labels.vision)
    throw idleFlag(
      'cropMargin',
      'requires --clip-labels or --clip-categories, which objects are compared with',
    );
  const drawn = flags.visualization === undefined && flags.play === undefined ? find(OF_DRAWING) : undefined;
  if (drawn) throw idleFlag(drawn, 'requires --visualization or --play');
  if (flags.fromEmbeddings === undefined) return;
  if (flags.detectModel !== undefined)
    throw idleFlag('detectModel', 'cannot be used with --from-embeddings, which holds no images');
  const idle = find(OF_READING);
  if (idle) throw idleFlag(idle, 'cannot be used with --from-embeddings, which holds what was read before');
}

/** @throws {MediaError} `ERR_INVALID_OPTIONS` when a flag of a detector has nothing to do. */
export function refuseIdleObjectFlags(flags: Flags): void {
  const lacking = flags.detectModel === undefined && findGiven(flags, OF_OBJECTS);
  if (lacking) throw idleFlag(lacking, 'requires --detect-model (tiny is included)');
  const { detectHead: head } = flags;
  if (flags.anchors !== undefined && head !== undefined && head !== 'yolov4' && head !== 'yolov3')
    throw idleFlag('anchors', `cannot be used with --detect-head ${head}`);
}

/** @throws {MediaError} `ERR_INVALID_OPTIONS` when a flag of `combine` is of a model that nobody named. */
export function refuseModelFlags(
  flags: Readonly<Partial<Record<Flag | 'models' | 'modelsConfig', unknown>>>,
): void {
  if (flags.models !== undefined || flags.modelsConfig !== undefined) return;
  for (const modality of ['vision', 'audio'] as const) {
    const kind = KINDS[modality];
    if (flags[`${kind}Model`] !== undefined) continue;
    const idle = findGiven(flags, [...OF_LABELS[modality], `${kind}Labels`, `${kind}Categories`]);
    if (idle) throw idleFlag(idle, `requires --${kind}-model`);
  }
  if (flags.sample !== undefined && flags.clipModel === undefined && flags.detectModel === undefined)
    throw idleFlag('sample', 'requires --clip-model or --detect-model');
}

/**
 * @param modalities - what `embed` embeds.
 * @throws {MediaError} `ERR_INVALID_OPTIONS` when a flag is of something else.
 */
export function refuseUnembedded(
  modalities: readonly Modality[],
  { only, ...flags }: Flags & { readonly only?: Modality },
): void {
  for (const modality of ['vision', 'audio'] as const) {
    if (modalities.includes(modality)) continue;
    const own = modality === 'vision' ? OF_SIGHT : (['audioStream'] as const);
    const idle = findGiven(flags, [...OF_LABELS[modality], ...own]);
    if (idle === undefined) continue;
    const why = only ? `cannot be used with --only ${only}` : `requires --${KINDS[modality]}-model`;
    throw idleFlag(idle, why);
  }
}

/** @param why - what it requires, or what it cannot be used with */
function idleFlag(name: string, why: string): MediaError {
  const flag = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return new MediaError('ERR_INVALID_OPTIONS', `--${flag} ${why}`);
}
