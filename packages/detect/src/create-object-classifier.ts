import {
  createStage,
  type Detection,
  type Detections,
  type EncodedLabelSet,
  embeddingScorer,
  type Picture,
  parseOptions,
  requireMembers,
  type Scores,
  type Stage,
  type StageOptions,
  type Timed,
} from '@deepffmpeg/core';
import { type EmbeddingTower, embedItems } from '@deepffmpeg/models';
import * as z from 'zod';
import { type Crop, cropOf } from './crop-of.js';
import { type CropChoice, CropSchedule, cropChoiceFields } from './crop-schedule.js';

/** What of an image-text model is needed to look at objects; `openClip` of `@deepffmpeg/clip` gives one. */
export interface ObjectModel extends EmbeddingTower<Picture> {
  /** How many pictures it sees best at once. */
  readonly batchSize: number;
}

export interface ObjectClassifierOptions extends CropChoice, StageOptions {
  readonly model: ObjectModel;
  /** What to compare the objects with, in the language of the model. */
  readonly labelSets: readonly EncodedLabelSet[];
  /** For label sets without a temperature of their own. @defaultValue 1 */
  readonly temperature?: number | undefined;
  /** Objects per model call, 1 to 256. @defaultValue the model's own */
  readonly batchSize?: number | undefined;
}

const settingsSchema = z.strictObject({
  ...cropChoiceFields,
  temperature: z.number().positive().default(1),
  batchSize: z.int().min(1).max(256).optional(),
});

/** A frame that waits, with the objects of it that are to be looked at. */
interface Waiting {
  readonly detections: Detections;
  readonly due: readonly Detection[];
}

/** What an embedder needs to know of a crop. */
interface PlacedCrop extends Crop, Timed {}

/**
 * Looks at objects again: cuts each out of its frame, embeds and scores it. Batches are filled across objects and frames.
 *
 * In: detections that carry their frame; holds at most `batchSize` frames, or until `idleMs` pass without one.
 * Out: for each, in order, the `Scores` of its objects, with region, track and label; then the detections with these scores at
 * their objects. An object whose track was looked at before (see `everySeconds`) keeps the scores of then, which do not come again.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS` or `ERR_LABELS` (one label alone, two label sets of one name), at once. Later the stream may
 * fail with `ERR_MISMATCH` (no frame, or no label set for the model) or `ERR_MODEL_OUTPUT`.
 */
export function createObjectClassifier(
  options: ObjectClassifierOptions,
): Stage<Detections, Scores | Detections> {
  const { model, labelSets, signal, highWaterMark, idleMs, ...given } = options;
  requireMembers(model, ['embed', 'batchSize'], 'model: expected what openClip gives');
  const { temperature, batchSize = model.batchSize, margin, ...choice } = parseOptions(settingsSchema, given);
  const score = embeddingScorer(labelSets, temperature);
  const schedule = new CropSchedule(choice);
  const tracks = new TrackScores(choice.everySeconds);
  let waiting: Waiting[] = [];

  async function* workOff(_: undefined, signal: AbortSignal): AsyncGenerator<Scores | Detections> {
    const full = waiting;
    waiting = [];
    const crops = full.flatMap(({ detections, due }) =>
      due.map((object) => ({ detections, object, margin })),
    );
    const found = new Map<Detection, Scores[]>();
    for (let start = 0; start < crops.length; start += batchSize) {
      const batch = crops.slice(start, start + batchSize);
      const embeddings = await embedItems<PlacedCrop>(model, 'vision', batch.map(placedCrop), { signal });
      for (const [i, { object }] of batch.entries()) found.set(object, score(embeddings[i]!)); // one for each
    }
    for (const { detections, due } of full) {
      for (const object of due) yield* found.get(object) ?? [];
      yield { ...detections, objects: tracks.attach(detections, found) };
    }
  }

  return createStage(
    {
      accepts: ['detections'],
      transform(detections: Detections, resource: undefined, signal) {
        waiting.push({ detections, due: schedule.due(detections) });
        const objects = waiting.reduce((sum, { due }) => sum + due.length, 0);
        return objects >= batchSize || waiting.length >= batchSize ? workOff(resource, signal) : [];
      },
      idle: workOff,
      flush: workOff,
    },
    { signal, idleMs, highWaterMark },
  );
}

function placedCrop({
  detections,
  object,
  margin,
}: {
  readonly detections: Detections;
  readonly object: Detection;
  readonly margin: number;
}): PlacedCrop {
  const { source, timestamp, durationSeconds } = detections;
  return { source, timestamp, durationSeconds, ...cropOf(detections, object, margin) };
}

/** When a track was looked at last, and what was seen then. */
interface SeenTrack {
  readonly timestamp: number;
  readonly scores: readonly Scores[];
}

/** The last scores of each track, for each input by itself, for frames in which it is not looked at. */
class TrackScores {
  readonly #everySeconds: number;
  readonly #inputs = new Map<string, Map<number, SeenTrack>>();

  constructor(everySeconds: number) {
    this.#everySeconds = everySeconds;
  }

  /** The objects with the scores that were found now, or with those of their track. */
  attach({ source, timestamp, objects }: Detections, found: ReadonlyMap<Detection, Scores[]>): Detection[] {
    const tracks = this.#inputs.get(source) ?? new Map<number, SeenTrack>();
    this.#inputs.set(source, tracks);
    for (const [id, { timestamp: time }] of tracks)
      if (timestamp - time > 2 * this.#everySeconds) tracks.delete(id); // it would have been looked at again
    return objects.map((object) => {
      const { trackId } = object.region;
      const fresh = found.get(object);
      if (trackId !== undefined && fresh) tracks.set(trackId, { timestamp, scores: fresh });
      const scores = fresh ?? (trackId === undefined ? undefined : tracks.get(trackId)?.scores);
      return scores ? { ...object, scores } : object;
    });
  }
}
