import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { MOST_EMBEDDED_BYTES, type ReportMedia, relativeHref } from '@deepffmpeg/combined';
import { MediaError } from '@deepffmpeg/core';
import { isAddress, shownName } from '@deepffmpeg/ffmpeg-filters';

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
  if (how === 'link') return { kind: 'link', href: hrefOf(input, page), isVideo };
  return { kind: 'embed', mimeType: embeddedType(input), path: input, isVideo };
}

function hrefOf(input: string, page: string): string {
  if (!isAddress(input) || !URL.canParse(input)) return relativeHref(page, input);
  const url = new URL(input);
  url.username = ''; // who opens the page is asked for them
  url.password = '';
  return url.href;
}

/**
 * Finds what no page can have in it before hours go into its analysis. What cannot be read is told by whoever opens it.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, naming the first
 */
export async function refuseEmbedding(inputs: readonly string[]): Promise<void> {
  for (const input of inputs) {
    embeddedType(input);
    const size = await stat(input).then(
      (found) => found.size,
      () => 0,
    );
    if (size > MOST_EMBEDDED_BYTES)
      throw refused(input, `has ${size} bytes, and a page takes a film of at most ${MOST_EMBEDDED_BYTES}`);
  }
}

function embeddedType(input: string): string {
  if (input === '-' || isAddress(input)) throw refused(input, 'is no file');
  const mimeType = MIME_TYPES[extname(input).toLowerCase()];
  if (mimeType === undefined) throw refused(input, 'is of no format that browsers play');
  return mimeType;
}

const refused = (input: string, why: string) =>
  new MediaError(
    'ERR_INVALID_OPTIONS',
    `--report-media embed: ${shownName(input)} ${why}: take --report-media link, or leave it out`,
  );
