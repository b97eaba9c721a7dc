import { MediaError } from '@deepffmpeg/core';
import type { Ffmpeg } from './find-ffmpeg.js';
import { runText } from './run-text.js';

/** Makes sure that ffmpeg has these encoders. @throws {MediaError} `ERR_FFMPEG_MISSING`, naming those that it lacks. */
export async function requireEncoders(
  { path }: Pick<Ffmpeg, 'path'>,
  names: readonly string[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const { stdout } = await runText(path, ['-hide_banner', '-encoders'], signal);
  // " V....D libx264              libx264 H.264 / AVC": flags, name, text
  const present = new Set([...stdout.matchAll(/^ [A-Z.]{6} (\S+)/gm)].map((match) => match[1]));
  const missing = names.filter((name) => !present.has(name));
  if (missing.length === 0) return;
  throw new MediaError(
    'ERR_FFMPEG_MISSING',
    `${path} was built without the encoder ${missing.join(', ')}: install a full build of ffmpeg, as Debian, Ubuntu and Homebrew ` +
      'have it, name one in DEEPFFMPEG_FFMPEG, or write another kind of file (.mp4, .mov and .mkv need libx264, .webm libvpx-vp9)',
  );
}
