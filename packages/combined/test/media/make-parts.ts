import type { AudioTower, Sound } from '@deepffmpeg/clap';
import type { ImageTower } from '@deepffmpeg/clip';
import { type EncodedLabelSet, labelSetOf, makeLabels, type Picture } from '@deepffmpeg/core';
import type { Detector } from '@deepffmpeg/detect';
import type { AudioPart, ObjectsPart, VisionPart } from '../../src/index.js';

/** Called before each batch, so that a test can fail, stall or count it. */
export type Before = (batch: number, signal: AbortSignal | undefined) => void | Promise<void>;

/** Each label is an axis of the model's space. */
const setOf = (model: string, name: string, labels: readonly string[]): EncodedLabelSet => ({
  labelSet: labelSetOf(makeLabels(labels, name)),
  model,
  vectors: Float32Array.from({ length: labels.length ** 2 }, (_, i) =>
    i % (labels.length + 1) === 0 ? 1 : 0,
  ),
  activation: 'softmax',
  logitScale: 20,
});

const unit = (values: readonly number[]) => {
  const length = Math.hypot(...values) || 1;
  return values.map((value) => value / length);
};

function colourOf({ data }: Picture): number[] {
  const sums = [1e-3, 1e-3, 1e-3];
  for (let i = 0; i < data.length; i++) sums[i % 3]! += data[i]!; // both in range
  return unit(sums);
}

function batches(before: Before) {
  let batch = 0;
  return (signal: AbortSignal | undefined) => before(batch++, signal);
}

/** Tells red, green and blue pictures apart. */
export function seesColours(before: Before = () => {}, more: Partial<VisionPart> = {}): VisionPart {
  const begin = batches(before);
  const model: ImageTower = {
    id: 'colours',
    dimension: 3,
    pictureSize: { width: 8, height: 8 },
    batchSize: 2,
    async embed(pictures, { signal } = {}) {
      await begin(signal);
      return Float32Array.from(pictures.flatMap(colourOf));
    },
  };
  return { model, labelSets: [setOf('colours', 'colours', ['red', 'green', 'blue'])], ...more };
}

/** For more than a part of the time. */
const isLoud = ({ data }: Sound) =>
  data.reduce((sum, sample) => sum + Math.abs(sample), 0) > 0.05 * data.length;

/** Tells sound from silence, in windows of a second; of the shares of sound it hears music in the one, nothing in the other. */
export function hearsLoudness(before: Before = () => {}, more: Partial<AudioPart> = {}): AudioPart {
  const begin = batches(before);
  const model: AudioTower = {
    id: 'loudness',
    dimension: 3,
    sampleRate: 8000,
    windowSeconds: 1,
    batchSize: 2,
    async embed(windows, { signal } = {}) {
      await begin(signal);
      return Float32Array.from(windows.flatMap((window) => (isLoud(window) ? [0, 1, 0] : [0, 0, 1])));
    },
  };
  const levels = setOf('loudness', 'levels', ['shout', 'sound', 'silence']);
  const shares = setOf('loudness', 'sound shares', ['speech', 'music', 'other']);
  return { model, labelSets: [levels, shares], ...more };
}

/** Finds one thing in each picture, the whole of it; called by its colour. */
export function findsColours(
  before: Before = () => {},
  more: Partial<ObjectsPart> = {},
  confidence = 0.9,
): ObjectsPart {
  const begin = batches(before);
  const labels = ['red', 'green', 'blue'];
  const model: Detector = {
    id: 'finder',
    labels,
    batchSize: 2,
    async detect(pictures, { signal } = {}) {
      await begin(signal);
      return pictures.map((picture) => {
        const colour = colourOf(picture);
        const label = labels[colour.indexOf(Math.max(...colour))] ?? 'none';
        const region = { x: 0, y: 0, width: picture.width, height: picture.height };
        return [{ label, confidence, region }];
      });
    },
    close: async () => {},
  };
  return { model, ...more };
}
