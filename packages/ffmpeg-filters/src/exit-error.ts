import { MediaError } from '@deepffmpeg/core';
import type { FfmpegLog } from './ffmpeg-log.js';
import { inputError } from './input-error.js';
import { measuringFilters } from './measuring-filters.js';
import type { ResolvedInput } from './media-input.js';
import type { ProcessEnd } from './media-process.js';
import { missingFilters } from './require-filters.js';

/** As ffmpeg 5 says it, and as later ones do; a filter that sees the input may fail for what it sees, but not so. */
const REFUSED_OPTIONS = /Error (?:initializing filter|applying option '[^']*' to filter) '(\w+)'/;

/** As its demuxer says it of MP4 that cannot be read where its index points, or has none in what ffprobe reads of a stream. */
const UNREACHED = /\[mov,[^\]]*\] (?:stream \d+, offset 0x[0-9a-f]+: partial file|moov atom not found)/;

/** What is wrong with MP4 that comes as a stream and of which nothing can be read; undefined where it is something else. */
export function lateIndexError({ name, kind }: ResolvedInput, said: string): MediaError | undefined {
  if (kind !== 'stream' || !UNREACHED.test(said)) return undefined;
  return inputError(
    `${name} seems to be an MP4 with its index at the end, which cannot be read as a stream: give the path of a file, or make it with -movflags +faststart`,
    new Error(said),
  );
}

/** What a failed ffmpeg means; undefined after success. */
export function exitError(
  { exitCode, signal }: ProcessEnd,
  log: FfmpegLog,
  context: { readonly input: ResolvedInput; readonly path: string; readonly hasOutput: boolean },
): MediaError | undefined {
  if (exitCode === 0) return undefined;
  const { name, kind } = context.input;
  const said = log.tail.slice(-1500);
  if (signal !== undefined) {
    return new MediaError('ERR_FFMPEG_EXIT', `ffmpeg was ended by ${signal} while it read ${name}`, {
      cause: new Error(said),
    });
  }
  const [, filter] = /No such filter: '(\w+)'/.exec(said) ?? [];
  if (filter !== undefined) return missingFilters(context.path, [filter]);
  const [, refused = ''] = REFUSED_OPTIONS.exec(said) ?? [];
  if (Object.hasOwn(measuringFilters, refused))
    return new MediaError('ERR_INVALID_OPTIONS', `ffmpeg refuses the options of ${refused}: ${said}`);
  if (!context.hasOutput && log.inputErrors > 0) {
    if (kind === 'url' && UNREACHED.test(said))
      return inputError(
        `${name} cannot be read from its server, which seems to send no byte ranges: its index stands behind its media; download it first`,
        new Error(said),
      );
    return lateIndexError(context.input, said) ?? inputError(`nothing of ${name} can be decoded: ${said}`);
  }
  return new MediaError('ERR_FFMPEG_EXIT', `ffmpeg ended with status ${exitCode} on ${name}: ${said}`);
}
