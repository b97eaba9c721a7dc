import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { tinyDetectorFolder } from '../../src/index.js';
import type { Colour } from './pictures.js';

const SIDE = 320;
const STRIDES = [8, 16, 32];

interface DetectorSettings {
  task: string;
  detect: { head: string; labels: string[] };
}

// The cast is proven by the tests of the settings and of the answers.
export const settings = JSON.parse(
  readFileSync(join(tinyDetectorFolder, 'deepffmpeg.json'), 'utf8'),
) as DetectorSettings;
const { labels } = settings.detect;

/** Left, top, right, bottom, in pixels. */
export type Box = readonly [number, number, number, number];

export interface Found {
  readonly label: string;
  readonly confidence: number;
  readonly box: Box;
}

/** The network with the least around it: the package's own tests do not lean on the packages that use it. */
export interface TinyDetector {
  detect(...pictures: readonly Float32Array[]): Promise<Found[][]>;
  release(): Promise<void>;
}

export async function openTinyDetector(): Promise<TinyDetector> {
  const session = await InferenceSession.create(join(tinyDetectorFolder, 'onnx/model.onnx'));
  return {
    async detect(...pictures) {
      const values = new Float32Array(pictures.length * 3 * SIDE * SIDE);
      pictures.forEach((picture, i) => {
        values.set(picture, i * picture.length);
      });
      const images = new Tensor('float32', values, [pictures.length, 3, SIDE, SIDE]);
      const { data, dims } = (await session.run({ images }))['output']!;
      const length = dims[1]! * dims[2]!;
      // The network gives float32.
      return pictures.map((_, i) => decode((data as Float32Array).subarray(i * length, (i + 1) * length)));
    },
    release: () => session.release(),
  };
}

/** What is at least 0.3 sure, the surest of those that overlap. */
function decode(values: Float32Array): Found[] {
  const row = 5 + labels.length;
  const found = cells().flatMap(({ column, line, stride }, i): Found[] => {
    const [x, y, width, height, there, ...kinds] = values.subarray(i * row, (i + 1) * row);
    const best = Math.max(...kinds);
    const confidence = there! * best;
    if (confidence < 0.3) return [];
    const [centreX, centreY] = [(x! + column) * stride, (y! + line) * stride];
    const [halfWidth, halfHeight] = [width!, height!].map((size) => (Math.exp(size) * stride) / 2) as [
      number,
      number,
    ]; // of two
    const box = [
      centreX - halfWidth,
      centreY - halfHeight,
      centreX + halfWidth,
      centreY + halfHeight,
    ] as const;
    return [{ label: labels[kinds.indexOf(best)]!, confidence, box }];
  });
  const kept: Found[] = [];
  for (const each of found.toSorted((a, b) => b.confidence - a.confidence))
    if (!kept.some(({ label, box }) => label === each.label && shared(box, each.box) > 0.45)) kept.push(each);
  return kept;
}

const cells = () =>
  STRIDES.flatMap((stride) =>
    Array.from({ length: (SIDE / stride) ** 2 }, (_, i) => ({
      column: i % (SIDE / stride),
      line: Math.floor(i / (SIDE / stride)),
      stride,
    })),
  );

/** Of the area of both boxes, what both have. */
export function shared(a: Box, b: Box): number {
  const width = Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0]));
  const height = Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1]));
  const area = (box: Box) => (box[2] - box[0]) * (box[3] - box[1]);
  return (width * height) / (area(a) + area(b) - width * height);
}

/** The network's input, BGR, of a picture whose colour is given for each point. */
export function sceneOf(colourAt: (x: number, y: number) => Colour): Float32Array {
  const values = new Float32Array(3 * SIDE * SIDE);
  for (let y = 0, at = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++, at++) {
      const [red, green, blue] = colourAt(x, y);
      values[at] = blue;
      values[at + SIDE * SIDE] = green;
      values[at + 2 * SIDE * SIDE] = red;
    }
  }
  return values;
}
