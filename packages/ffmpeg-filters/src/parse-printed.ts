import { MediaError } from '@deepffmpeg/core';
import type * as z from 'zod';

/** Checks what ffprobe printed. @throws {MediaError} `ERR_INPUT` */
export function parsePrinted<Schema extends z.ZodType>(schema: Schema, printed: unknown): z.infer<Schema> {
  const { data, error } = schema.safeParse(printed);
  if (error !== undefined)
    throw new MediaError('ERR_INPUT', 'ffprobe printed something else than expected', { cause: error });
  return data;
}
