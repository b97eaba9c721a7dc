import { MediaError } from '@deepffmpeg/core';
import type { Ffmpeg } from './find-ffmpeg.js';
import { runText } from './run-text.js';

/** The filters that this ffmpeg was built with, by name. */
export async function listFilters(
  { path }: Pick<Ffmpeg, 'path'>,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<ReadonlySet<string>> {
  const { stdout } = await runText(path, ['-hide_banner', '-filters'], signal);
  // " T.. scale             V->V       Scale the input video size": flags, name, pads, text
  return new Set([...stdout.matchAll(/^ [A-Z.]{2,3} (\w+) +\S+->\S+/gm)].map((match) => match[1]!)); // the group is not optional
}

/** Makes sure that ffmpeg has the filters that a plan needs. @throws {MediaError} `ERR_FFMPEG_MISSING`, naming those that it lacks. */
export async function requireFilters(
  ffmpeg: Pick<Ffmpeg, 'path'>,
  names: readonly string[],
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<void> {
  const present = await listFilters(ffmpeg, { signal });
  const missing = names.filter((name) => !present.has(name));
  if (missing.length > 0) throw missingFilters(ffmpeg.path, missing);
}

/** What each filter that some builds lack comes from. */
const LIBRARIES: Readonly<Record<string, string>> = { zscale: 'libzimg' };

/** Filters that no other build has. */
const OURS = ['clip', 'clap', 'avgclass'];

export function missingFilters(path: string, names: readonly string[]): MediaError {
  const ours = names.filter((name) => OURS.includes(name));
  if (ours.length > 0)
    return new MediaError(
      'ERR_FFMPEG_MISSING',
      `${path} has no filter ${ours.join(', ')}, which only the ffmpeg of @deepffmpeg/native has: build it with ` +
        '"deepffmpeg native build", and name no other in DEEPFFMPEG_FFMPEG',
    );
  const listed = names.map(
    (name) => name + (LIBRARIES[name] === undefined ? '' : ` (from ${LIBRARIES[name]})`),
  );
  return new MediaError(
    'ERR_FFMPEG_MISSING',
    `${path} was built without ${listed.join(', ')}: install a full build of ffmpeg, as Debian, Ubuntu and Homebrew have it, ` +
      'or name one in DEEPFFMPEG_FFMPEG',
  );
}
