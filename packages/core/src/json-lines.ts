import * as z from 'zod';
import type { Region } from './chunks.js';
import type { Line } from './lines.js';
import { MediaError } from './media-error.js';

/** What every line of ours tells about its place, as `Timed` chunks do; `input` is their `source`. */
export const timedFields = {
  input: z.string(),
  timestamp: z.number(),
  durationSeconds: z.number().min(0),
  modality: z.enum(['vision', 'audio']),
  region: z
    .object({
      x: z.number(),
      y: z.number(),
      width: z.number(),
      height: z.number(),
      trackId: z.int().optional(),
      label: z.string().optional(),
    })
    .optional(),
};

/** Reads one line of JSON Lines. @throws {MediaError} `ERR_INPUT`, naming the line and what is wrong in it. */
export function parseJsonLine<Schema extends z.ZodType>(
  schema: Schema,
  { text, number }: Line,
): z.infer<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new MediaError('ERR_INPUT', `line ${number} is not JSON`, { cause });
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new MediaError('ERR_INPUT', `line ${number}: ${z.prettifyError(result.error).replaceAll('\n', ' ')}`);
}

/** A region as files hold it: in thousandths of a pixel. */
export function regionRecordOf({ x, y, width, height, ...about }: Region): Region {
  const round = (value: number) => Number(value.toFixed(3));
  return { x: round(x), y: round(y), width: round(width), height: round(height), ...about };
}
