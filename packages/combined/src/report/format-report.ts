import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { MediaError, parseOptions, throwIfAborted } from '@deepffmpeg/core';
import * as z from 'zod';
import { readReportAssets } from '../report-assets.js';
import { addressKind } from './media-address.js';
import type { ReportInput, ReportMedia } from './report-input.js';
import { type PlayerPlace, reportPage } from './report-page.js';

/** Most bytes of a film that becomes part of a page, unless an option says otherwise: 64 MiB. */
export const MOST_EMBEDDED_BYTES = 64 * 1024 * 1024;

export interface ReportOptions {
  /** Most bytes of a film that becomes part of the page. @defaultValue `MOST_EMBEDDED_BYTES` */
  readonly embedLimitBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

const optionsSchema = z.strictObject({
  embedLimitBytes: z.int().positive().default(MOST_EMBEDDED_BYTES),
});

/** Of a multiple of three bytes, base64 can be put together. */
const BLOCK_BYTES = 3 * 64 * 1024;

/**
 * Makes the page of one film: HTML that needs nothing beside it but, where the film is linked, the film.
 *
 * Holds the page in memory, with at most 1,000 thumbnails; a film that is embedded passes through in blocks.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS` (also an address that is no place of a film, and a film too large to embed), `ERR_INPUT` when the
 * film to embed cannot be read; an `AbortError`.
 */
export function formatReport(
  input: ReportInput,
  { signal, ...settings }: ReportOptions = {},
): AsyncGenerator<string, void, undefined> {
  const { embedLimitBytes } = parseOptions(optionsSchema, settings);
  return pieces(input, placeOf(input.media), embedLimitBytes, signal);
}

async function* pieces(
  input: ReportInput,
  player: PlayerPlace | undefined,
  embedLimitBytes: number,
  signal: AbortSignal | undefined,
) {
  throwIfAborted(signal);
  const { media } = input;
  if (media.kind === 'embed') await checkSize(media.path, embedLimitBytes);
  const [before, after] = reportPage(input, await readReportAssets(), player);
  yield before;
  if (media.kind === 'embed') yield* dataUrl(media, signal);
  yield after;
}

type Embedded = Extract<ReportMedia, { kind: 'embed' }>;

function placeOf(media: ReportMedia): PlayerPlace | undefined {
  if (media.kind === 'none') return undefined;
  if (media.kind === 'embed') {
    checkMimeType(media.mimeType);
    return { isVideo: media.isVideo, policy: 'data: blob:', href: undefined };
  }
  const isLocal = addressKind(media.href) === 'file';
  return { isVideo: media.isVideo, policy: isLocal ? "'self' file: blob:" : undefined, href: media.href };
}

function checkMimeType(mimeType: string): void {
  if (/^(?:video|audio)\/[\w.+-]+$/.test(mimeType)) return;
  throw new MediaError(
    'ERR_INVALID_OPTIONS',
    `mimeType: expected one such as video/mp4 or audio/wav, not ${JSON.stringify(mimeType)}`,
  );
}

async function checkSize(path: string, limit: number): Promise<void> {
  const { size } = await stat(path).catch((cause) => failToRead(path, cause));
  if (size <= limit) return;
  throw new MediaError(
    'ERR_INVALID_OPTIONS',
    `${path} has ${size} bytes, and the page takes a film of at most ${limit}: link to it, or raise embedLimitBytes`,
  );
}

async function* dataUrl({ path, mimeType }: Embedded, signal: AbortSignal | undefined) {
  yield `data:${mimeType};base64,`;
  const file = createReadStream(path, { highWaterMark: BLOCK_BYTES, signal });
  let rest = Buffer.alloc(0);
  try {
    for await (const block of file) {
      const bytes = Buffer.concat([rest, block]);
      const whole = bytes.length - (bytes.length % 3);
      yield bytes.toString('base64', 0, whole);
      rest = bytes.subarray(whole);
    }
  } catch (error) {
    throwIfAborted(signal);
    failToRead(path, error);
  }
  yield rest.toString('base64');
}

function failToRead(path: string, cause: unknown): never {
  const { message } = cause as Error; // fs fails with nothing else
  throw new MediaError('ERR_INPUT', `cannot read ${path} to embed it: ${message}`, { cause });
}
