import { basename } from 'node:path';
import { type Detections, MediaError } from '@deepffmpeg/core';
import { cocoLabels } from './coco-labels.js';

/** An object in COCO's format of results. */
export interface CocoResult {
  /** What the ground truth calls the picture. */
  readonly image_id: number | string;
  readonly category_id: number;
  /** Left and top edge, width and height, in pixels of the picture. */
  readonly bbox: readonly [x: number, y: number, width: number, height: number];
  /** 0 to 1. */
  readonly score: number;
  /** Not COCO's: which picture it is, and in a video when. */
  readonly file_name: string;
  /** Seconds. */
  readonly timestamp: number;
}

export interface CocoResultsOptions {
  /**
   * The detector's labels, in the order of its classes.
   * @defaultValue COCO's 80
   */
  readonly labels?: readonly string[] | undefined;
  /** Names a picture, given how many came before. @defaultValue its place among all pictures and frames, from 1 */
  readonly imageIdOf?: ((detections: Detections, index: number) => number | string) | undefined;
}

/** COCO counts 90 categories; ten of them were never annotated. */
const UNUSED_CATEGORIES = [12, 26, 29, 30, 45, 66, 68, 69, 71, 83];
const COCO_CATEGORIES = Array.from({ length: 90 }, (_, i) => i + 1).filter(
  (id) => !UNUSED_CATEGORIES.includes(id),
);

/** The number of a picture that is named like COCO's own, `000000000139.jpg`; undefined for all else. */
export function cocoImageId(source: string): number | undefined {
  const [, number] = /^(\d{1,15})\.(?:jpe?g|png|webp)$/i.exec(basename(source)) ?? [];
  return number === undefined ? undefined : Number(number);
}

/**
 * Writes all objects as one JSON array of `CocoResult`, one a line, as COCO's evaluation reads it. Categories have COCO's own ids where the
 * labels are COCO's, else the place of the label, from 1. Boxes have 2 decimals, scores 5.
 *
 * @throws {MediaError} `ERR_LABELS` for an object that is not among the labels.
 * @see https://cocodataset.org/#format-results
 */
export async function* detectionsToCocoResults(
  all: Iterable<Detections> | AsyncIterable<Detections>,
  options: CocoResultsOptions = {},
): AsyncGenerator<string, void, undefined> {
  const format = cocoResultsFormatter(options);
  for await (const detections of all) yield format.add(detections);
  yield format.end();
}

function unknown(label: string): never {
  throw new MediaError(
    'ERR_LABELS',
    `"${label}" has no category: give the detector's labels, in its order, as the option labels`,
  );
}

/** The same for those who have one frame at a time. */
export interface CocoResultsFormatter {
  add(detections: Detections): string;
  end(): string;
}

export function cocoResultsFormatter({
  labels = cocoLabels,
  imageIdOf = (_, index) => index + 1,
}: CocoResultsOptions = {}): CocoResultsFormatter {
  const isCoco = labels.length === cocoLabels.length && labels.every((label, i) => label === cocoLabels[i]);
  const categories = new Map(labels.map((label, i) => [label, isCoco ? COCO_CATEGORIES[i] : i + 1]));
  let images = 0;
  let before = '[';
  return {
    add(detections) {
      const { source, timestamp } = detections;
      const image_id = imageIdOf(detections, images++);
      const lines = detections.objects.map(({ label, confidence, region: { x, y, width, height } }) => {
        const bbox = [x, y, width, height].map((value) => Number(value.toFixed(2)));
        const category_id = categories.get(label) ?? unknown(label);
        const score = Number(confidence.toFixed(5));
        const record = { image_id, category_id, bbox, score, file_name: source, timestamp };
        const line = `${before}\n  ${JSON.stringify(record)}`;
        before = ',';
        return line;
      });
      return lines.join('');
    },
    end: () => (before === '[' ? '[]\n' : '\n]\n'),
  };
}
