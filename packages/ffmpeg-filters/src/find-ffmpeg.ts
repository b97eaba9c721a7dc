import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { basename, delimiter, dirname, resolve } from 'node:path';
import { MediaError } from '@deepffmpeg/core';
import { majorOf, parseVersion } from './ffmpeg-version.js';
import { nativeFfmpegPath } from './native-build.js';
import { runText } from './run-text.js';

/** An ffmpeg that runs and has a version that these packages know. */
export interface Ffmpeg {
  readonly path: string;
  /** As it names itself, such as `5.1.9-0+deb12u1`. */
  readonly version: string;
  /** 5 to 9, for builds from git too. */
  readonly major: number;
  /** Whether it has the filter `zscale`: it scales nearer to the models' reference than `scale` does. */
  readonly hasZscale: boolean;
  /** Beside ffmpeg or on `PATH`; some builds come without. */
  readonly ffprobePath: string | undefined;
}

export interface FindFfmpegOptions {
  /** @defaultValue the environment's `DEEPFFMPEG_FFMPEG`, else that of `@deepffmpeg/native` if it has been built, else the first on `PATH` */
  readonly ffmpegPath?: string | undefined;
  /** @defaultValue `DEEPFFMPEG_FFPROBE`, else the `ffprobe` beside ffmpeg, else the first one on `PATH` */
  readonly ffprobePath?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Where ffmpeg is, before it has been run. */
export interface FfmpegPlace {
  readonly path: string;
  readonly ffprobePath: string | undefined;
}

/**
 * Finds ffmpeg and runs it once to see its version. Remembers nothing: keep the result for several inputs.
 *
 * @throws {MediaError} `ERR_FFMPEG_MISSING` when there is none, it does not run, or its version is not 5.1 to 9.
 */
export async function findFfmpeg(options: FindFfmpegOptions = {}): Promise<Ffmpeg> {
  return checkFfmpeg(await locateFfmpeg(options), options.signal);
}

/** Runs ffmpeg once. Apart from `locateFfmpeg`, so that probing need not wait for it. */
export async function checkFfmpeg(place: FfmpegPlace, signal: AbortSignal | undefined): Promise<Ffmpeg> {
  const { stdout, stderr, exitCode } = await runText(place.path, ['-version'], signal);
  const version = parseVersion(stdout);
  if (exitCode !== 0 || version === undefined) {
    const said = (stdout + stderr).trim().slice(0, 500);
    throw missing(
      `${place.path} does not run as ffmpeg (status ${exitCode}): ${said || 'it says nothing'}. ${INSTALL}`,
    );
  }
  const { text, hasZscale } = version;
  return { ...place, version: text, major: majorOf(version, place.path), hasZscale };
}

/** Looks for the files only. @throws {MediaError} `ERR_FFMPEG_MISSING` */
export async function locateFfmpeg(
  { ffmpegPath, ffprobePath }: FindFfmpegOptions = {},
  native = nativeFfmpegPath(),
): Promise<FfmpegPlace> {
  const { DEEPFFMPEG_FFMPEG, DEEPFFMPEG_FFPROBE } = process.env;
  const path = await findProgram(
    'ffmpeg',
    [
      ['the option ffmpegPath', ffmpegPath],
      ['DEEPFFMPEG_FFMPEG', DEEPFFMPEG_FFMPEG],
    ],
    native === undefined ? undefined : dirname(native),
  );
  if (path === undefined) throw missing(`there is no ffmpeg on PATH. ${INSTALL}`);
  const probe = await findProgram(
    'ffprobe',
    [
      ['the option ffprobePath', ffprobePath],
      ['DEEPFFMPEG_FFPROBE', DEEPFFMPEG_FFPROBE],
    ],
    dirname(path),
  );
  return { path, ffprobePath: probe };
}

/** The first that is named must be there: going on to the next would hide a typing error. */
export async function findProgram(
  name: string,
  named: readonly (readonly [string, string | undefined])[],
  firstFolder?: string,
): Promise<string | undefined> {
  for (const [from, path] of named) {
    if (path === undefined || path === '') continue;
    // A name alone is looked for on PATH, as whoever runs it does: one in this folder would be checked, and another one run.
    const isName = basename(path) === path;
    const found = isName ? await searchFolders(path, []) : path;
    if (found !== undefined && (await isProgram(found))) return found;
    const hint = isName && (await isProgram(path)) ? ` on PATH; the one in this folder is ./${path}` : '';
    throw missing(`${from} names ${path}, which is no program that can be run${hint}`);
  }
  return searchFolders(name, firstFolder === undefined ? [] : [firstFolder]);
}

async function searchFolders(name: string, first: readonly string[]): Promise<string | undefined> {
  const { PATH = '' } = process.env;
  const folders = [...first, ...PATH.split(delimiter).filter((folder) => folder !== '')];
  const suffix = process.platform === 'win32' && !name.endsWith('.exe') ? '.exe' : '';
  for (const folder of folders) {
    const path = resolve(folder, name + suffix); // from a folder such as `.`, too, it is no name alone
    if (await isProgram(path)) return path;
  }
  return undefined;
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false; // not there, or not ours to run: the caller looks on or says so
  }
}

const INSTALL =
  'Install ffmpeg 5.1 to 9 (Debian, Ubuntu: apt-get install ffmpeg; macOS: brew install ffmpeg; Windows: winget install ffmpeg), ' +
  'or name it in DEEPFFMPEG_FFMPEG';

function missing(message: string): MediaError {
  return new MediaError('ERR_FFMPEG_MISSING', message);
}
