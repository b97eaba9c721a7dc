import { Buffer } from 'node:buffer';
import type { CombinedDocument, ReportIndexFilm } from '@deepffmpeg/combined';
import { readBoundedFile } from '@deepffmpeg/core';
import * as z from 'zod';
import { isThere } from './is-there.js';

/** More than the longest film gives. */
const MOST_BYTES = 256 * 2 ** 20;

/** What the page of all films tells of one. */
const schema = z.object({
  file_info: z.object({ filename: z.string() }),
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
});

interface DoneFiles {
  readonly combined: string;
  readonly technical: string;
  readonly classifications: string;
  readonly report: string | undefined;
}

/** What an earlier run wrote of a film; undefined where a file is gone or is no longer what was written. */
export async function readIndexFilm(files: DoneFiles): Promise<Omit<ReportIndexFilm, 'href'> | undefined> {
  const others = [
    files.technical,
    files.classifications,
    ...(files.report === undefined ? [] : [files.report]),
  ];
  for (const path of others) if (!(await isThere(path))) return undefined;
  const text = await readBoundedFile(files.combined, MOST_BYTES).catch(() => undefined); // then it is done again
  const value = text && parse(String(text));
  if (!value) return undefined;
  const { poster } = value.details;
  return {
    kind: 'film',
    // What the page tells of it was checked.
    document: value as unknown as CombinedDocument,
    thumbnail: poster ? { ...poster, jpeg: Buffer.from(poster.jpeg, 'base64') } : undefined,
    // Only a film that was read whole, and every part of it, is not done again.
    faultCount: 0,
    brokeOffSeconds: undefined,
  };
}

function parse(text: string): z.infer<typeof schema> | undefined {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return undefined; // then it is done again
  }
}
