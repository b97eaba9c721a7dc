import * as z from 'zod';
import type { Segment } from './chunks.js';
import { MediaError } from './media-error.js';

/** A segment as files hold it. */
export interface SegmentRecord extends Omit<Segment, 'type' | 'source'> {
  readonly input: string;
}

export const segmentRecordSchema = z.object({
  input: z.string(),
  modality: z.enum(['vision', 'audio']),
  model: z.string(),
  labelSet: z.string(),
  group: z.string(),
  label: z.string(),
  timestamp: z.number(),
  durationSeconds: z.number().min(0),
  probability: z.number().min(0).max(1),
  peak: z.number().min(0).max(1),
  trackId: z.int().optional(),
});

/** The record of a segment; times have 6 decimals (microseconds), probabilities 4. */
export function segmentRecordOf({ type, source, ...about }: Segment): SegmentRecord {
  return {
    input: source,
    ...about,
    timestamp: Number(about.timestamp.toFixed(6)),
    durationSeconds: Number(about.durationSeconds.toFixed(6)),
    probability: Number(about.probability.toFixed(4)),
    peak: Number(about.peak.toFixed(4)),
  };
}

export function segmentOfRecord({ input, ...about }: z.infer<typeof segmentRecordSchema>): Segment {
  return { type: 'segment', source: input, ...about };
}

/** Writes segments as one JSON array of `SegmentRecord`, one a line. */
export async function* segmentsToJson(
  segments: Iterable<Segment> | AsyncIterable<Segment>,
): AsyncGenerator<string, void, undefined> {
  let before = '[';
  for await (const segment of segments) {
    yield `${before}\n  ${JSON.stringify(segmentRecordOf(segment))}`;
    before = ',';
  }
  yield before === '[' ? '[]\n' : '\n]\n';
}

/** Reads what `segmentsToJson` wrote, a byte order mark before it or not. @throws {MediaError} `ERR_INPUT` */
export function segmentsFromJson(text: string): Segment[] {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new MediaError('ERR_INPUT', 'the file of segments is not JSON', { cause });
  }
  const result = z.array(segmentRecordSchema).safeParse(value);
  if (result.success) return result.data.map(segmentOfRecord);
  throw new MediaError('ERR_INPUT', `not a list of segments: ${z.prettifyError(result.error)}`);
}
