import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { describeValue, MediaError, parseOptions, requireMembers } from '@deepffmpeg/core';
import * as z from 'zod';
import { inputError } from './input-error.js';
import { hasScheme, isAddress } from './is-address.js';
import { shownName } from './shown-name.js';
import { StreamInput } from './stream-input.js';

/** Where media come from: a path, an `http:` or `https:` address, or bytes such as `process.stdin`. */
export type MediaInput = string | URL | Readable;

/** An input, and how ffmpeg and ffprobe are told to read it and nothing else. */
export type ResolvedInput =
  | { readonly kind: 'file'; readonly name: string; readonly path: string; readonly args: readonly string[] }
  | { readonly kind: 'url'; readonly name: string; readonly args: readonly string[] }
  | {
      readonly kind: 'stream';
      readonly name: string;
      readonly stream: StreamInput;
      readonly args: readonly string[];
    };

/**
 * Formats that hold their media themselves. Those that open further files or addresses (hls, dash, concat, sdp, image
 * patterns, ...) are missing on purpose: such a file may go by any name, and would have ffmpeg read what its writer chose.
 */
const SAFE_FORMATS = [
  'mov,matroska,webm,avi,flv,live_flv,mpegts,mpegtsraw,mpeg,mpegvideo,ogg,asf',
  'mxf,gxf,nut,rm,wtv,dv,swf,ivf,nsv,yuv4mpegpipe,gif,apng,h264,hevc,vvc',
  'obu,av1,m4v,vc1,h263,mjpeg,mjpeg_2000,smjpeg,dirac,cavsvideo,avs2,avs3',
  'jpeg_pipe,png_pipe,webp_pipe,bmp_pipe,tiff_pipe,jpegxl_pipe,jpegxl_anim,webp_anim',
  'wav,w64,mp3,flac,aac,ac3,eac3,ac4,dts,dtshd,truehd,mlp,aiff,au,caf',
  'amr,amrnb,amrwb,ape,tta,wv,tak,mpc,mpc8,spdif,voc,rso,gsm,loas,latm',
];

const PROTOCOLS = { file: ['file'], url: ['https', 'http', 'tls', 'tcp', 'httpproxy'], stream: ['pipe'] };
/** A server that stays silent for so long, in microseconds, is taken for gone. */
const SILENCE_US = 30_000_000;

const choiceSchema = z.strictObject({
  formats: z.array(z.string().regex(/^[a-z0-9_]+$/i, 'one name of a demuxer each')).default([]),
  source: z.string().optional(),
});

/** @throws {MediaError} `ERR_INVALID_OPTIONS`; `ERR_INPUT` for an address of another kind. */
export function resolveInput(
  input: MediaInput,
  choice: { readonly formats?: readonly string[] | undefined; readonly source?: string | undefined },
): ResolvedInput {
  const { formats, source } = parseOptions(choiceSchema, choice);
  const lists = (kind: keyof typeof PROTOCOLS) => [
    '-protocol_whitelist',
    // Encrypted segments of an HLS list; useless without one.
    [...PROTOCOLS[kind], ...(formats.length > 0 ? ['crypto'] : [])].join(','),
    '-format_whitelist',
    [...SAFE_FORMATS, ...formats].join(','),
  ];
  if (typeof input !== 'string' && !(input instanceof URL)) {
    checkStream(input);
    const name = source ?? 'stdin';
    return {
      kind: 'stream',
      name,
      stream: new StreamInput(input, name),
      args: [...lists('stream'), '-i', 'pipe:0'],
    };
  }
  const address = webAddress(input);
  if (address !== undefined) {
    const args = [...lists('url'), '-rw_timeout', String(SILENCE_US), '-i', address.href];
    return { kind: 'url', name: source ?? shownName(address), args };
  }
  const path = typeof input === 'string' ? input : fileURLToPath(input);
  if (path === '' || path.includes('\0')) throw inputError(`${JSON.stringify(path)} is no path of a file`);
  return { kind: 'file', name: source ?? path, path, args: [...lists('file'), '-i', `file:${path}`] };
}

/**
 * The same for what is read more than once, or by ffprobe alone, which no stream is fed to: it would wait for ever.
 *
 * @throws {MediaError} as `resolveInput`; `ERR_INVALID_OPTIONS` for a stream.
 */
export function resolvePlace(input: string | URL, choice: Parameters<typeof resolveInput>[1]): ResolvedInput {
  if (typeof input === 'string' || input instanceof URL) return resolveInput(input, choice);
  throw new MediaError(
    'ERR_INVALID_OPTIONS',
    'input: expected a path or an address, as it may be read more than once (of a stream, decode alone takes the bytes), ' +
      `got ${describeValue(input)}`,
  );
}

/** The same input, to be read as JPEG whatever its name is. */
export function asJpeg(input: ResolvedInput): ResolvedInput {
  return { ...input, args: ['-f', 'jpeg_pipe', ...input.args] };
}

/** Of what a web stream, bytes and a file's handle lack, so that these are told from a stream of Node. */
function checkStream(input: Readable): void {
  requireMembers(
    input,
    ['on', 'destroy', Symbol.asyncIterator],
    'input: expected a path, an address or a Readable, which Readable.fromWeb(stream) or Readable.from([bytes]) make',
  );
  if (input.readableEncoding)
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      `input: expected a stream of bytes, got one of text (${input.readableEncoding}): open it without an encoding`,
    );
}

/** Parsed, so that ffmpeg gets it in the one spelling that it takes. */
function webAddress(input: string | URL): URL | undefined {
  if (typeof input === 'string' && !isAddress(input)) return undefined;
  if (typeof input === 'string' && !URL.canParse(input))
    throw inputError(`${shownName(input)} is no address`);
  const url = new URL(input);
  if (url.protocol === 'http:' || url.protocol === 'https:') return url;
  if (url.protocol === 'file:') return undefined;
  throw inputError(`${shownName(url)} cannot be read: addresses begin with http: or https:`);
}

/** Says what is wrong with a path more plainly than ffmpeg does. @throws {MediaError} `ERR_INPUT` */
export async function checkInput(input: ResolvedInput): Promise<void> {
  if (input.kind !== 'file') return;
  const found = await stat(input.path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') throw notThere(input.path, error);
    throw inputError(`${input.path} cannot be read: ${error.message}`, error);
  });
  if (found.isDirectory()) throw inputError(`${input.path} is a folder, not a video`);
  if (!found.isFile()) throw inputError(`${input.path} is no regular file: open it and pass its stream`);
  if (found.size === 0) throw inputError(`${input.name} is empty`);
}

function notThere(path: string, cause: Error): Error {
  const hint = hasScheme(path) ? '; addresses begin with http:// or https://' : '';
  return inputError(`there is no file ${shownName(path)}${hint}`, cause);
}
