import type { Segment, Shot } from '@deepffmpeg/core';
import { audioPlaceOf, readSecondsOf } from '@deepffmpeg/technical';
import * as z from 'zod';
import { expectedAndGot, pathText } from '../describe-issue.js';

/** What `details` of our files tell beside the document. */
export interface StoredChunks {
  /** As they went through the stream. Undefined where there are none, or none that can be used. */
  readonly shots: readonly Shot[] | undefined;
  readonly segments: readonly Segment[] | undefined;
  /** When the input begins on its own clock; undefined where it is not told. */
  readonly startSeconds: number | undefined;
  /** As `readSecondsOf` of technical tells of what is stored, in seconds. */
  readonly readSeconds: number | undefined;
  /** Place of the sound that was listened to among the document's `audio_streams`; -1 for none, undefined where it is not told. */
  readonly audioPlace: number | undefined;
  /** Whether there is video that is no cover picture; undefined where it is not told. */
  readonly hasPictures: boolean | undefined;
  /** What cannot be used, and why. */
  readonly warnings: readonly string[];
}

const timed = { source: z.string(), timestamp: z.number(), durationSeconds: z.number().min(0) };
const share = z.number().min(0).max(1);

const shotSchema = z.object({
  type: z.literal('shot'),
  ...timed,
  index: z.int().min(0),
  startFrame: z.int().min(0),
  endFrame: z.int().min(0),
  kind: z.enum(['start', 'cut', 'fade', 'dissolve', 'keyframe']),
  score: z.number(),
}) satisfies z.ZodType<Shot>;

const segmentSchema = z.object({
  type: z.literal('segment'),
  ...timed,
  modality: z.enum(['vision', 'audio']),
  model: z.string(),
  labelSet: z.string(),
  group: z.string(),
  label: z.string(),
  probability: share,
  peak: share,
  trackId: z.int().optional(),
}) satisfies z.ZodType<Segment>;

const mediaSchema = z.object({ media: z.object({ startSeconds: z.number().optional() }) });

const streamsSchema = z.object({
  media: z.object({
    streams: z.array(z.object({ type: z.string(), isAttachedPicture: z.boolean().optional() })),
  }),
});

const soundPlaceSchema = z.object({
  audioStream: z.int().min(0).nullable(),
  media: z.object({ streams: z.array(z.object({ type: z.string(), index: z.int() })) }),
});

/** Older files do not tell when it begins. */
const spanSchema = z.object({ startSeconds: z.number().optional(), durationSeconds: z.number().min(0) });
const pictureSchema = z.object({ picture: spanSchema });
const soundSchema = z.object({ sound: spanSchema });

/**
 * Takes what is of use; `details` of other programs may hold anything by these names.
 *
 * @param durationSeconds Of the input, as the document tells it.
 */
export function storedChunks(details: unknown, durationSeconds: number | undefined): StoredChunks {
  const warnings: string[] = [];
  function read<T>(name: string, schema: z.ZodType<T>): readonly T[] | undefined {
    if (typeof details !== 'object' || details === null || !(name in details)) return undefined;
    const result = z.array(schema).safeParse(Reflect.get(details, name), { reportInput: true });
    if (result.success) return result.data;
    const issue = result.error.issues[0]!; // there is one wherever there is an error
    const where = pathText(['details', name, ...issue.path]);
    warnings.push(`${where}: ${expectedAndGot(issue)}; ${name} are left out`);
    return undefined;
  }
  const shots = read('shots', shotSchema);
  const startSeconds = mediaSchema.safeParse(details).data?.media.startSeconds;
  return {
    shots,
    segments: read('segments', segmentSchema),
    startSeconds,
    readSeconds: readSecondsOf({
      metadata: { info: { durationSeconds, startSeconds } },
      picture: pictureSchema.safeParse(details).data?.picture,
      shots,
      sound: soundSchema.safeParse(details).data?.sound,
    }),
    audioPlace: storedPlaceOf(details),
    hasPictures: streamsSchema
      .safeParse(details)
      .data?.media.streams.some(({ type, isAttachedPicture }) => type === 'video' && !isAttachedPicture),
    warnings,
  };
}

function storedPlaceOf(details: unknown): number | undefined {
  const told = soundPlaceSchema.safeParse(details).data;
  return told && audioPlaceOf(told.media.streams, told.audioStream);
}
