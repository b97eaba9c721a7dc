import { extname } from 'node:path';
import { type ReportMedia, relativeHref } from '@deepffmpeg/combined';
import { MediaError } from '@deepffmpeg/core';

export type ReportMediaKind = 'link' | 'embed';

/** What browsers play, by the ending of the name. */
const MIME_TYPES: Readonly<Record<string, string>> = {
  '.mp4': 'video/mp4',
  '.m4v': 'video/mp4',
  '.mov': 'video/mp4',
  '.webm': 'video/webm',
  '.mkv': 'video/webm',
  '.ogv': 'video/ogg',
  '.mp3': 'audio/mpeg',
  '.m4a': 'audio/mp4',
  '.ogg': 'audio/ogg',
  '.oga': 'audio/ogg',
  '.opus': 'audio/ogg',
  '.flac': 'audio/flac',
  '.wav': 'audio/wav',
};

interface Wanted {
  /** Path of the page; undefined where there will be none. */
  readonly page: string | undefined;
  readonly how: ReportMediaKind;
  readonly isVideo: boolean;
}

/** How a page comes to a film. @throws {MediaError} `ERR_INVALID_OPTIONS` */
export function reportMediaOf(input: string, { page, how, isVideo }: Wanted): ReportMedia {
  if (page === undefined || input === '-') return { kind: 'none' };
  const isAddress = /^https?:\/\//i.test(input);
  if (how === 'link') return { kind: 'link', href: isAddress ? input : relativeHref(page, input), isVideo };
  const mimeType = MIME_TYPES[extname(input).toLowerCase()];
  if (isAddress || mimeType === undefined)
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      `--report-media embed: ${input} is ${isAddress ? 'no file' : 'of no format that browsers play'}: take --report-media link`,
    );
  return { kind: 'embed', mimeType, path: input, isVideo };
}
