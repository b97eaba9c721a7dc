import { MediaError, type PromptSet, readLabelFile } from '@deepffmpeg/core';
import {
  type Anchor,
  type Detector,
  type DetectorOptions,
  type HeadName,
  trackerConfidences,
} from '@deepffmpeg/detect';
import { isThere } from './is-there.js';
import { quoteForShell } from './quote-for-shell.js';
import { isPack, readPack } from './read-pack.js';

/** Flags of the detector, and of what is done with the objects it finds. */
export interface DetectChoice {
  readonly detectModel?: string;
  readonly detectHead?: HeadName;
  /** A file of labels, labels with commas between, or `pack:NAME`. */
  readonly detectLabels?: string;
  readonly nbClasses?: number;
  /** `width&height&width&height...`, pixels of the network's input. */
  readonly anchors?: readonly Anchor[];
  readonly detectConfidence?: number;
  /** Labels with commas between. */
  readonly target?: readonly string[];
  readonly track?: boolean;
  /** Seconds. */
  readonly trackInterval?: number;
  /** A share of the object's size. */
  readonly cropMargin?: number;
  readonly outputTracks?: string;
}

/** Whether objects are to be followed. */
export const isTracking = ({ track = false, outputTracks }: DetectChoice): boolean =>
  track || outputTracks !== undefined;

/** From which confidence on an object counts. */
export const objectConfidence = ({
  confidence,
  detectConfidence = confidence,
}: DetectChoice & { readonly confidence: number }): number => detectConfidence;

/**
 * What the flags say of the detector's settings.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, `ERR_LABELS`
 */
export async function detectorOptions(
  flags: DetectChoice & { readonly confidence: number },
  signal: AbortSignal,
): Promise<DetectorOptions> {
  const { detectHead, detectLabels, nbClasses, anchors } = flags;
  const confidence = objectConfidence(flags);
  if (confidence === 0)
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      'with a confidence of 0 a detector reports thousands of boxes: give --detect-confidence above 0',
    );
  const labels = detectLabels === undefined ? undefined : await readNames(detectLabels, signal);
  if (labels && nbClasses !== undefined && nbClasses !== labels.length)
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      `--nb-classes ${nbClasses}: ${detectLabels} has ${labels.length} labels`,
    );
  return {
    head: detectHead,
    labels,
    anchors,
    confidence: isTracking(flags) ? trackerConfidences(confidence).lowConfidence : confidence,
  };
}

async function readNames(fileOrList: string, signal: AbortSignal): Promise<string[]> {
  const taker = { flag: '--detect-labels', modality: 'vision', kind: 'labels' } as const;
  if (isPack(fileOrList)) return labelsIn(await readPack(fileOrList, taker, signal));
  const isFile = await isThere(fileOrList);
  if (!isFile && !fileOrList.includes(','))
    throw new MediaError(
      'ERR_LABELS',
      `--detect-labels: ${quoteForShell(fileOrList)} is no file, and a list of labels has commas: "cup,plate"`,
    );
  if (!isFile) return namesIn([fileOrList]);
  return labelsIn(await readLabelFile(fileOrList, 'labels', { signal }));
}

const labelsIn = ({ groups }: PromptSet): string[] =>
  groups.flatMap(({ labels }) => labels.map(({ label }) => label));

/** Names that were given with commas between, or by several flags. */
const namesIn = (lists: readonly string[]): string[] =>
  lists
    .flatMap((list) => list.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '');

/**
 * A detector that tells of the targets only.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS` when it has no such class, or not as many as `--nb-classes` says.
 */
export function narrowDetector(detector: Detector, { target, nbClasses }: DetectChoice): Detector {
  const { labels } = detector;
  if (nbClasses !== undefined && nbClasses !== labels.length)
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      `--nb-classes ${nbClasses}: ${detector.id} has ${labels.length} labels: give one for each class with --detect-labels`,
    );
  if (target === undefined) return detector;
  const targets = new Set(namesIn(target));
  const unknown = [...targets].find((name) => !labels.includes(name));
  if (unknown !== undefined || targets.size === 0)
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      `--target ${unknown ?? target.join()}: ${detector.id} finds ${labels.slice(0, 100).join(', ')}`,
    );
  return {
    ...detector,
    async detect(pictures, options) {
      const found = await detector.detect(pictures, options);
      return found.map((objects) => objects.filter(({ label }) => targets.has(label)));
    },
  };
}
