import { collect } from '@deepffmpeg/core';
import { type FfmpegPlace, locateFfmpeg } from './find-ffmpeg.js';
import type { MediaInfo } from './media-info.js';
import { checkInput, type ResolvedInput, resolvePlace } from './media-input.js';
import { PROBE_ENTRIES, parseMediaInfo } from './parse-media-info.js';
import { readFfprobe } from './read-ffprobe.js';
import { readObject } from './read-object.js';

export interface ProbeOptions {
  /** From `findFfmpeg`. @defaultValue looked for, without running it */
  readonly ffmpeg?: FfmpegPlace | undefined;
  /** Further formats to read, such as `hls`: ffmpeg's names of demuxers. They may open other files or addresses. */
  readonly formats?: readonly string[] | undefined;
  /** What errors call the input. @defaultValue the path or address */
  readonly source?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Asks ffprobe what a file or address holds. (A stream could not be decoded afterwards: `decode` probes it by itself.)
 *
 * @throws AbortError
 * @throws {MediaError} `ERR_INVALID_OPTIONS`; `ERR_INPUT` when it is no media, or of a format that is not read without asking; `ERR_FFMPEG_MISSING`.
 */
export async function probe(
  input: string | URL,
  { ffmpeg, formats, source, signal }: ProbeOptions = {},
): Promise<MediaInfo> {
  const resolved = resolvePlace(input, { formats, source });
  return probeInput(resolved, ffmpeg ?? (await locateFfmpeg()), signal);
}

export async function probeInput(
  input: ResolvedInput,
  place: FfmpegPlace,
  signal: AbortSignal | undefined,
): Promise<MediaInfo> {
  await checkInput(input);
  const args = ['-show_entries', PROBE_ENTRIES];
  const objects = readFfprobe(place, input, args, signal, async function* ({ stdin, stdout }) {
    const fed = input.kind === 'stream' && stdin !== undefined ? input.stream.feedHead(stdin) : undefined;
    const [object] = await Promise.all([readObject(stdout), fed]);
    yield object;
  });
  const [object] = await collect(objects);
  return parseMediaInfo(object);
}
