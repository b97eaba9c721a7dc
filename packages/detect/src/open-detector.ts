import {
  abortable,
  type Detection,
  MediaError,
  type Picture,
  parseOptions,
  throwIfAborted,
} from '@deepffmpeg/core';
import {
  cacheFolders,
  describeTensors,
  fileDigest,
  type OnWarning,
  openSession,
  readOptionalModelFile,
  type Session,
  type SessionOptions,
  warnOnce,
} from '@deepffmpeg/models';
import * as z from 'zod';
import type { Candidate } from './candidate.js';
import { createInputWriter } from './create-input-writer.js';
import type { Detector } from './detector.js';
import {
  completeSettings,
  type DetectorChoice,
  type DetectorSettings,
  headNames,
  mergeSettings,
  settingsSchema,
} from './detector-settings.js';
import { findDetectorFile } from './find-detector-file.js';
import { createHead } from './heads/create-head.js';
import type { Head } from './heads/head.js';
import { likelyHeads } from './heads/likely-heads.js';
import { type NetworkInput, networkInput } from './network-input.js';
import { type InputPlacement, placeInInput, regionOf } from './place-in-input.js';
import { suppressOverlaps } from './suppress-overlaps.js';

/** How to open a detector. Settings given here go before those of the model's `deepffmpeg.json`. */
export interface DetectorOptions extends DetectorChoice, SessionOptions {
  /** Objects below are left out; above 0, at most 1. @defaultValue 0.3 */
  readonly confidence?: number | undefined;
  /** Of boxes of one class with more in common (area of both), the best stays; 0 to 1. @defaultValue 0.45 */
  readonly overlap?: number | undefined;
  /** In one picture, the best; 1 to 2000. @defaultValue 300 */
  readonly mostObjects?: number | undefined;
  /** Where digests are kept. @defaultValue `cacheFolders().deepffmpeg` */
  readonly cacheFolder?: string | undefined;
  /** Hears of trouble that does not change results. @defaultValue `process.emitWarning` */
  readonly onWarning?: OnWarning | undefined;
}

const optionsSchema = z.strictObject({
  ...settingsSchema.shape,
  confidence: z.number().positive().max(1).default(0.3),
  overlap: z.number().min(0).max(1).default(0.45),
  mostObjects: z.int().min(1).max(2000).default(300),
  device: z.string().min(1).optional(),
  threads: z.int().min(1).max(256).optional(),
  cacheFolder: z.string().min(1).optional(),
}) satisfies z.ZodType<Omit<DetectorOptions, 'onWarning' | 'signal'>>;

const fileSchema = z.looseObject({ detect: settingsSchema.optional() });

/**
 * Opens a detection model, in a thread of its own.
 *
 * @param nameOrPath - an .onnx file, a folder with `onnx/model.onnx` or a single .onnx file, or a repository in the hub's cache.
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, `ERR_MODEL_MISSING`, `ERR_MODEL_CONFIG` (the head is not named, or the file
 * contradicts it, the labels or the strides), `ERR_MODEL_LOAD`, `ERR_DEVICE`; an `AbortError`, promptly, when aborted.
 */
export async function openDetector(nameOrPath: string, options: DetectorOptions = {}): Promise<Detector> {
  const { signal, onWarning, ...given } = options;
  const { device, threads, cacheFolder, confidence, overlap, mostObjects, ...own } = parseOptions(
    optionsSchema,
    given,
  );
  throwIfAborted(signal);
  const { model, path } = await findDetectorFile(nameOrPath);
  const file = await readOptionalModelFile(model, 'deepffmpeg.json', fileSchema);
  const known = mergeSettings(own, file?.detect);
  const cache = {
    cacheFolder: cacheFolder ?? cacheFolders().deepffmpeg,
    onWarning: warnOnce(onWarning),
  };

  const session = await openSession(path, { device, threads, signal });
  try {
    const input = networkInput(session, known);
    const { width, height } = input;
    if (known.head === undefined) throw noHead(session, input);
    const settings = completeSettings(known, known.head);
    const head = createHead({ ...settings, path, outputs: session.outputs, width, height, confidence });
    const digest = await abortable(fileDigest(path, { ...cache, signal }), signal);
    return {
      id: `${model.name}@${digest.slice(0, 12)}`,
      labels: settings.labels,
      batchSize:
        input.fixedBatch === undefined ? session.batchSize : atLeast(PICTURES_AHEAD, input.fixedBatch),
      detect: finder(session, input, head, settings, { overlap, mostObjects }),
      close: session.close,
    };
  } catch (error) {
    await session.close();
    throw error;
  }
}

function noHead({ path, outputs }: Session, input: NetworkInput): MediaError {
  const likely = likelyHeads(outputs, input);
  const [first = '...'] = likely;
  return new MediaError(
    'ERR_MODEL_CONFIG',
    `${path} does not tell how its output is laid out; it declares ${describeTensors(outputs) || 'none'}, which looks like ` +
      `${likely.join(' or ') || 'no head that is known'}: give the option head: '${first}' (--detect-head ${first}), or write { "detect": { "head": "${first}" } } ` +
      `into deepffmpeg.json beside it; known are ${headNames.join(', ')}`,
  );
}

/** Where the model takes a fixed number, so many pictures are handed to it at once, or it would wait while each is prepared. */
const PICTURES_AHEAD = 4;

/** The first multiple of `step` that is not below `count`. */
const atLeast = (count: number, step: number) => Math.ceil(count / step) * step;

function finder(
  session: Session,
  input: NetworkInput,
  head: Head,
  settings: DetectorSettings,
  { overlap, mostObjects }: { readonly overlap: number; readonly mostObjects: number },
): Detector['detect'] {
  const write = createInputWriter(settings, input);
  const { width, height, isChannelsFirst } = input;
  const sizes = isChannelsFirst ? [3, height, width] : [height, width, 3];
  const pictureLength = 3 * width * height;
  let batch = new Float32Array(0); // one for all runs, since a run copies it at once

  const run = async (pictures: readonly Picture[], signal?: AbortSignal) => {
    const count = input.fixedBatch ?? pictures.length;
    if (batch.length < count * pictureLength) batch = new Float32Array(count * pictureLength);
    const placements = pictures.map((picture) => placeInInput(picture, input, settings.fit));
    pictures.forEach((picture, i) => {
      write(picture, placements[i]!, batch, i * pictureLength); // one for each picture
    });
    const data = batch.subarray(0, count * pictureLength);
    const feeds = { [input.name]: { data, shape: [count, ...sizes] } };
    const results = await session.run(feeds, { fetches: head.fetches, signal });
    const found = head.decode(results, count);
    return pictures.map((picture, i) => {
      const limit = head.repeatsObjects ? overlap : 1;
      const kept = suppressOverlaps(found[i]!, limit, mostObjects);
      return detectionsOf(kept, placements[i]!, picture, settings.labels);
    });
  };

  return async (pictures, { signal } = {}) => {
    const size = input.fixedBatch ?? Math.max(1, pictures.length);
    const starts = Array.from({ length: Math.ceil(pictures.length / size) }, (_, i) => i * size);
    // All at once: the next pictures are prepared while the model works.
    const runs = starts.map((start) => run(pictures.slice(start, start + size), signal));
    return (await Promise.all(runs)).flat();
  };
}

function detectionsOf(
  candidates: readonly Candidate[],
  placement: InputPlacement,
  picture: Picture,
  labels: readonly string[],
): Detection[] {
  return candidates.flatMap((candidate) => {
    const region = regionOf(candidate, placement, picture);
    const label = labels[candidate.classIndex]!; // a head knows no other classes
    return region ? [{ label, confidence: Math.min(1, candidate.score), region }] : [];
  });
}
