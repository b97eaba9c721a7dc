import { FfmpegLog } from './ffmpeg-log.js';
import { type FfmpegPlace, locateFfmpeg } from './find-ffmpeg.js';
import { resolvePlace } from './media-input.js';
import { runFfmpeg } from './run-ffmpeg.js';

export interface ReadAddressOptions {
  /** From `findFfmpeg`. @defaultValue looked for, without running it */
  readonly ffmpeg?: FfmpegPlace | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Gives what an address holds byte for byte, for what is no matter of ffmpeg, such as a picture. ffmpeg fetches it, so that whatever `decode`
 * reaches is reached, and in the same way: proxies, passwords, silent servers. Leaving the loop ends it.
 *
 * @throws AbortError
 * @throws {MediaError} `ERR_INPUT` when it cannot be reached, `ERR_FFMPEG_MISSING`, `ERR_FFMPEG_EXIT`.
 */
export async function* readAddress(
  address: string | URL,
  { ffmpeg, signal = new AbortController().signal }: ReadAddressOptions = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  const input = resolvePlace(address, { formats: ['data'] });
  const { path } = ffmpeg ?? (await locateFfmpeg());
  const args = [
    ...['-hide_banner', '-nostdin', '-nostats', '-loglevel', 'level+info'],
    ...['-probesize', '32'], // there is nothing to find out: the first bytes are wanted at once
    ...[
      '-f',
      'data',
      ...input.args,
      '-map',
      '0',
      '-c',
      'copy',
      '-flush_packets',
      '1',
      '-f',
      'data',
      'pipe:1',
    ],
  ];
  const [pipes, log] = [1, new FfmpegLog()];
  yield* runFfmpeg<Uint8Array>(input, { path, args, pipes, log, signal }, ([bytes]) => bytes!); // one pipe
}
