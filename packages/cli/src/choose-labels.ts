import { MediaError, type Modality, makeLabels, type PromptSet, readLabelFile } from '@deepffmpeg/core';
import { isThere } from './is-there.js';
import { quoteForShell } from './quote-for-shell.js';
import { isPack, readPack } from './read-pack.js';

export interface LabelChoice {
  /** A file of labels, labels with commas between, or `pack:NAME`. */
  readonly clipLabels?: string;
  /** A file of categories, or `pack:NAME`. */
  readonly clipCategories?: string;
  readonly clapLabels?: string;
  readonly clapCategories?: string;
  /** Has labels of its own. */
  readonly detectModel?: string;
}

/** What to look for, what to listen for. */
export type ChosenLabels = Readonly<Partial<Record<Modality, PromptSet>>>;

const WAYS =
  'give labels for images and video, --clip-labels "a cat,a dog", --clip-labels FILE or --clip-categories FILE; ' +
  'for audio, --clap-labels or --clap-categories';

/**
 * Reads what to look and listen for.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS` when there is neither; labels and categories for the same; or a pack that
 * is not for the flag; `ERR_LABELS`
 */
export async function chooseLabels(choice: LabelChoice, signal: AbortSignal): Promise<ChosenLabels> {
  const labels = await readLabels(choice, signal);
  if (!labels.vision && !labels.audio) throw new MediaError('ERR_INVALID_OPTIONS', WAYS);
  return labels;
}

/** The same, where a detector may find things without them. @throws {MediaError} `ERR_INVALID_OPTIONS`, `ERR_LABELS` */
export async function chooseLabelsOrDetector(
  choice: LabelChoice,
  signal: AbortSignal,
): Promise<ChosenLabels> {
  const labels = await readLabels(choice, signal);
  if (!labels.vision && !labels.audio && choice.detectModel === undefined)
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      `${WAYS}; or an object detection model, --detect-model (tiny is included)`,
    );
  return labels;
}

/** The same, where there may be none. @throws {MediaError} `ERR_INVALID_OPTIONS`, `ERR_LABELS` */
export async function readLabels(
  { clipLabels, clipCategories, clapLabels, clapCategories }: LabelChoice,
  signal: AbortSignal,
): Promise<ChosenLabels> {
  const vision = await readChoice('clip', clipLabels, clipCategories, signal);
  const audio = await readChoice('clap', clapLabels, clapCategories, signal);
  return { ...(vision && { vision }), ...(audio && { audio }) };
}

async function readChoice(
  kind: 'clip' | 'clap',
  labels: string | undefined,
  categories: string | undefined,
  signal: AbortSignal,
): Promise<PromptSet | undefined> {
  if (labels !== undefined && categories !== undefined)
    throw new MediaError('ERR_INVALID_OPTIONS', `give --${kind}-labels or --${kind}-categories, not both`);
  const takePack = (pack: string, set: PromptSet['kind']) => {
    const modality = kind === 'clip' ? 'vision' : 'audio';
    return readPack(pack, { flag: `--${kind}-${set}`, modality, kind: set }, signal);
  };
  if (categories !== undefined) {
    if (isPack(categories)) return takePack(categories, 'categories');
    if (!(await isThere(categories)))
      throw new MediaError(
        'ERR_LABELS',
        `--${kind}-categories: ${quoteForShell(categories)} is no file, and categories are read from one, or from a pack: a list of labels goes to --${kind}-labels`,
      );
    return readLabelFile(categories, 'categories', { signal });
  }
  if (labels === undefined) return undefined;
  if (isPack(labels)) return takePack(labels, 'labels');
  if (await isThere(labels)) return readLabelFile(labels, 'labels', { signal });
  if (!labels.includes(','))
    throw new MediaError(
      'ERR_LABELS',
      `--${kind}-labels: ${quoteForShell(labels)} is no file, and a list of labels has commas: "a cat,a dog"`,
    );
  const names = labels.split(',').map((label) => label.trim());
  return makeLabels(
    names.filter((label) => label !== ''),
    `--${kind}-labels`,
  );
}
