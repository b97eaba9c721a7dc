import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { IndexedDocument, ReportIndexFilm } from '@deepffmpeg/combined';
import { readBoundedFile } from '@deepffmpeg/core';
import * as z from 'zod';
import type { FilmFiles } from './combine-film.js';
import { isThere } from './is-there.js';

/** Of a combined analysis: more than the longest film gives. */
export const MOST_COMBINED_BYTES = 256 * 2 ** 20;

/** What the page of all films tells of one. */
const schema = z.object({
  file_info: z.object({ filename: z.string(), path: z.string() }),
  combined_insights: z.object({
    content_type: z.object({
      primary_type: z.string(),
      confidence: z.number(),
      format_info: z.object({ duration: z.number().nullable() }),
    }),
    quality_assessment: z.object({
      video_quality: z.object({ rating: z.string().nullable() }),
      audio_quality: z.object({ rating: z.string().nullable() }),
    }),
    mood: z.object({ primary_mood: z.string().nullable() }),
  }),
  details: z.object({
    poster: z.object({ width: z.int(), height: z.int(), jpeg: z.base64() }).nullable(),
  }),
}) satisfies z.ZodType<IndexedDocument>;

/**
 * What an earlier run wrote of a film; undefined where a file is gone or is no longer what was written.
 *
 * @param digest - SHA-256 of the combined analysis.
 */
export async function readIndexFilm(
  files: FilmFiles,
  digest: string,
): Promise<Omit<ReportIndexFilm, 'href'> | undefined> {
  const others = [
    files.technical,
    files.classifications,
    ...(files.report === undefined ? [] : [files.report]),
  ];
  for (const path of others) if (!(await isThere(path))) return undefined;
  const bytes = await readBoundedFile(files.combined, MOST_COMBINED_BYTES).catch(() => undefined); // then it is done again
  if (!bytes || createHash('sha256').update(bytes).digest('hex') !== digest) return undefined;
  const value = parse(String(bytes));
  if (!value) return undefined;
  const { poster } = value.details;
  return {
    kind: 'film',
    document: value,
    thumbnail: poster ? { ...poster, jpeg: Buffer.from(poster.jpeg, 'base64') } : undefined,
    // Only a film that was read whole, and every part of it, is not done again.
    faultCount: 0,
    brokeOffSeconds: undefined,
    isDamaged: false,
  };
}

function parse(text: string): z.infer<typeof schema> | undefined {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return undefined; // then it is done again
  }
}
