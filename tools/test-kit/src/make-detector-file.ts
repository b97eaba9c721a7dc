import { writeFile } from 'node:fs/promises';
import { makeOnnx, type OnnxNode } from './make-onnx.js';

/** One output of a made detector: `data + slope * mean of the picture`. */
export interface MadeOutput {
  readonly name: string;
  /** Of one picture, without the batch: two or three sizes. */
  readonly shape: readonly number[];
  readonly data: readonly number[];
  /** @defaultValue 0 everywhere: the answer does not depend on the picture */
  readonly slope?: readonly number[];
}

/** What may be other than it should be in a made detector. */
export interface MadeDetector {
  /** Pixels of its pictures; a name leaves the size open. @defaultValue 32 */
  readonly width?: number | string;
  readonly height?: number | string;
  /** @defaultValue 3 */
  readonly channels?: number;
  /** `[batch, height, width, channels]`. @defaultValue false: channels before height and width */
  readonly areChannelsLast?: boolean;
  /** Pictures at a time; without it any number. */
  readonly fixedBatch?: number;
  readonly outputs: readonly MadeOutput[];
}

/** Writes an .onnx file that takes `images` and answers the same of every picture but for its brightness. */
export async function makeDetectorFile(
  path: string,
  { width = 32, height = 32, channels = 3, areChannelsLast = false, fixedBatch, outputs }: MadeDetector,
): Promise<string> {
  const batch = fixedBatch ?? 'batch';
  const sizes = areChannelsLast ? [height, width, channels] : [channels, height, width];
  const weights = outputs.flatMap(({ name, shape, data, slope = data.map(() => 0) }) => [
    [`${name}_base`, { shape: [1, ...shape], data }] as const,
    [`${name}_slope`, { shape: [1, ...shape], data: slope }] as const,
  ]);
  const graph = {
    inputs: [{ name: 'images', type: 'float32', shape: [batch, ...sizes] }],
    outputs: outputs.map(({ name, shape }) => ({ name, type: 'float32', shape: [batch, ...shape] }) as const),
    nodes: [...meanNodes, ...outputs.flatMap(({ name, shape }) => outputNodes(name, shape.length + 1))],
    weights: Object.fromEntries(weights),
  } as const;
  await writeFile(path, makeOnnx(graph));
  return path;
}

/** The mean of each picture, `[batch, 1, 1, 1]` and `[batch, 1, 1]`. */
const meanNodes: readonly OnnxNode[] = [
  { op: 'ReduceMean', inputs: ['images'], output: 'mean4', attributes: { axes: [1, 2, 3], keepdims: 1 } },
  { op: 'ReduceMean', inputs: ['mean4'], output: 'mean3', attributes: { axes: [3], keepdims: 0 } },
];

const outputNodes = (name: string, rank: number): readonly OnnxNode[] => [
  { op: 'Mul', inputs: [`mean${rank}`, `${name}_slope`], output: `${name}_moved` },
  { op: 'Add', inputs: [`${name}_moved`, `${name}_base`], output: name },
];
