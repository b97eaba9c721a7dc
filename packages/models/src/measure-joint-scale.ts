import { MediaError } from '@deepffmpeg/core';
import * as z from 'zod';
import { type CacheOptions, rememberFile } from './file-memo.js';
import type { Scale } from './find-scale.js';
import { notLonger } from './not-longer.js';
import { openSession, type Session } from './open-session.js';
import type { Tokenizer } from './open-tokenizer.js';
import type { Tensor } from './tensors.js';
import { feedsFor } from './text-network.js';

export interface JointModel extends CacheOptions {
  /** The joint `model.onnx`: pictures or sounds and texts in, embeddings and logits out. */
  readonly path: string;
  /** Opens the model's tokenizer; called only if the file was not measured before. */
  readonly openTokenizer: () => Promise<Tokenizer>;
  /** Of one picture or sound, without the batch. */
  readonly mediaShape: readonly number[];
  readonly device?: string;
  readonly threads?: number;
  readonly signal?: AbortSignal;
}

const mediaCount = 4;
const texts = [
  'a photo of a cat',
  'music',
  'a red circle on a blue background',
  'people talking in the rain at night',
];

/**
 * Measures a model's trained scale and bias: the joint model is run on fixed inputs, and its logits are a straight
 * line over the cosines of its own embeddings. The slope is the scale, the intercept the bias. The result is
 * remembered while the file's size and times stay the same.
 *
 * @throws {MediaError} `ERR_MODEL_CONFIG` when its logits are no such line; what `openSession` throws.
 */
export async function measureJointScale(joint: JointModel): Promise<Scale> {
  return rememberFile(joint.path, 'joint-scales', scaleSchema, () => measure(joint), joint);
}

const scaleSchema = z.object({ logitScale: z.number().positive(), logitBias: z.number() });

async function measure({
  path,
  openTokenizer,
  mediaShape,
  device,
  threads,
  signal,
}: JointModel): Promise<Scale> {
  const tokenizer = await openTokenizer();
  const session = await openSession(path, { device, threads, signal });
  try {
    const media = session.inputs.find(({ type }) => type === 'float32');
    const logits = session.outputs.find(({ name }) => /^logits_per_(image|audio)$/.test(name));
    const mediaEmbeds = session.outputs.find(({ name }) => /^(image|audio)_embeds$/.test(name));
    const textEmbeds = session.outputs.find(({ name }) => name === 'text_embeds');
    if (!media || !logits || !mediaEmbeds || !textEmbeds) throw notJoint(session);
    const results = await session.run(
      {
        ...feedsFor(session, tokenizer.encodeBatch(texts)),
        ...notLonger(session, mediaCount),
        [media.name]: patterns(mediaShape),
      },
      { fetches: [logits.name, mediaEmbeds.name, textEmbeds.name], signal },
    );
    return fitLine(pointsOf(results[mediaEmbeds.name], results[textEmbeds.name], results[logits.name]), path);
  } finally {
    await session.close();
  }
}

function notJoint({ path, outputs }: Session): MediaError {
  const names = outputs.map(({ name }) => name).join(', ');
  return new MediaError(
    'ERR_MODEL_CONFIG',
    `${path} gives ${names}; logits_per_image, image_embeds and text_embeds (or their audio names) were expected`,
  );
}

/** Inputs that differ much from each other: flat ones and waves, all between -1 and 1. */
function patterns(shape: readonly number[]): Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  const data = new Float32Array(mediaCount * size);
  for (let i = 0; i < data.length; i++) {
    const kind = Math.floor(i / size);
    data[i] = kind === 0 ? -0.5 : Math.sin((i % size) * [0, 1.7, 0.01, 0.0001][kind]!); // mediaCount kinds
  }
  return { data, shape: [mediaCount, ...shape] };
}

interface Point {
  readonly cosine: number;
  readonly logit: number;
}

function pointsOf(media: Tensor | undefined, texts: Tensor | undefined, logits: Tensor | undefined): Point[] {
  const textRows = rowsOf(texts);
  const values = rowsOf(logits);
  return rowsOf(media).flatMap((a, i) =>
    textRows.map((b, j) => ({ cosine: cosine(a, b), logit: values[i]?.[j] ?? Number.NaN })),
  );
}

function rowsOf(tensor: Tensor | undefined): Float32Array[] {
  if (!(tensor?.data instanceof Float32Array)) return [];
  const { data, shape } = tensor;
  const width = shape[1] ?? 1;
  return Array.from({ length: shape[0] ?? 0 }, (_, i) => data.subarray(i * width, (i + 1) * width));
}

function cosine(a: Float32Array, b: Float32Array): number {
  let [dot, aa, bb] = [0, 0, 0];
  a.forEach((x, i) => {
    const y = b[i] ?? 0;
    dot += x * y;
    aa += x * x;
    bb += y * y;
  });
  return dot / Math.sqrt(aa * bb);
}

/** Least squares; float32 arithmetic leaves far less than the tolerance. */
function fitLine(points: readonly Point[], path: string): Scale {
  const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const x = mean(points.map(({ cosine }) => cosine));
  const y = mean(points.map(({ logit }) => logit));
  const spread = mean(points.map(({ cosine }) => (cosine - x) ** 2));
  const logitScale = mean(points.map(({ cosine, logit }) => (cosine - x) * (logit - y))) / spread;
  const logitBias = y - logitScale * x;
  const worst = Math.max(
    ...points.map(({ cosine, logit }) => Math.abs(cosine * logitScale + logitBias - logit)),
  );
  if (spread > 1e-8 && logitScale > 0 && worst <= 1e-3 * Math.max(1, logitScale))
    return { logitScale, logitBias };
  throw new MediaError(
    'ERR_MODEL_CONFIG',
    `the logits of ${path} are not its cosines times a scale plus a bias, so its scale cannot be measured`,
  );
}
