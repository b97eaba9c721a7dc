import { dirname } from 'node:path';
import { MediaError, type VideoFrame } from '@deepffmpeg/core';
import { checkFrame } from './feed-frames.js';
import { feedProcess } from './feed-process.js';
import { type FfmpegPlace, findProgram, locateFfmpeg } from './find-ffmpeg.js';
import { FramePuller } from './frame-puller.js';
import { startProcess } from './media-process.js';

export interface PlayVideoOptions {
  readonly signal?: AbortSignal | undefined;
  /** @defaultValue the environment's `DEEPFFMPEG_FFPLAY`, else the `ffplay` beside ffmpeg, else the first one on `PATH` */
  readonly ffplayPath?: string | undefined;
  /** From `findFfmpeg`: where to look for ffplay first. @defaultValue looked for */
  readonly ffmpeg?: FfmpegPlace | undefined;
}

/**
 * Shows frames in a window of ffplay, at their times but without sound, until they end or the window is closed, which is no error.
 *
 * In: frames as for `writeVideo`; they are closed at the end, and held back while ffplay has enough.
 *
 * @throws AbortError, and what the frames throw
 * @throws {MediaError} `ERR_FFMPEG_MISSING` (no ffplay), `ERR_FFMPEG_EXIT` (no display), `ERR_MISMATCH`, `ERR_INPUT` (no frames).
 */
export async function playVideo(
  frames: AsyncIterable<VideoFrame> | Iterable<VideoFrame>,
  options: PlayVideoOptions = {},
): Promise<void> {
  const { signal = new AbortController().signal } = options;
  const puller = new FramePuller(frames);
  try {
    const path = await findFfplay(options);
    const first = await puller.next(signal);
    if (first === undefined) throw new MediaError('ERR_INPUT', 'there is nothing to play: no frame came');
    checkFrame(first);
    const args = [
      ...['-hide_banner', '-nostats', '-loglevel', 'level+info', '-autoexit', '-window_title', first.source],
      ...['-protocol_whitelist', 'pipe', '-f', 'nut', '-i', 'pipe:0'],
    ];
    const process = startProcess(path, args, { stdin: true });
    const { exitCode, signal: killer } = await feedProcess(process, puller, first, first.timestamp, signal);
    if (exitCode !== 0) throw playError(path, killer ?? `status ${exitCode}`, process.log.tail.slice(-1500));
  } finally {
    await puller.close();
  }
}

async function findFfplay({ ffplayPath, ffmpeg }: PlayVideoOptions): Promise<string> {
  const { DEEPFFMPEG_FFPLAY } = process.env;
  const { path: beside } = ffmpeg ?? (await locateFfmpeg());
  const path = await findProgram(
    'ffplay',
    [
      ['the option ffplayPath', ffplayPath],
      ['DEEPFFMPEG_FFPLAY', DEEPFFMPEG_FFPLAY],
    ],
    dirname(beside),
  );
  if (path !== undefined) return path;
  throw new MediaError(
    'ERR_FFMPEG_MISSING',
    `there is no ffplay beside ${beside} or on PATH: install a full ffmpeg, name ffplay in DEEPFFMPEG_FFPLAY, or write the video to a file`,
  );
}

function playError(path: string, end: string, said: string): MediaError {
  if (/Could not initialize SDL|Failed to create window/.test(said)) {
    return new MediaError(
      'ERR_FFMPEG_EXIT',
      `${path} has no display to play on; write the video to a file instead: ${said}`,
    );
  }
  return new MediaError('ERR_FFMPEG_EXIT', `ffplay ended with ${end}: ${said}`);
}
