import { MediaError } from '@deepffmpeg/core';

/** What `ffmpeg -version` tells. */
export interface FfmpegVersion {
  /** As it names itself: `5.1.9-0+deb12u1`, `n7.1`, `N-118000-gabcdef`, `git-2025-01-01-abcdef`. */
  readonly text: string;
  /** Its major goes up with that of ffmpeg, also in builds from git, which have no number of their own. */
  readonly libavutil: readonly [major: number, minor: number] | undefined;
  /** Whether it was built with zimg, which gives the filter `zscale`. */
  readonly hasZscale: boolean;
}

/** Reads what `ffmpeg -version` prints; undefined when that is no ffmpeg. */
export function parseVersion(output: string): FfmpegVersion | undefined {
  const text = /^ff(?:mpeg|probe) version (\S+)/m.exec(output)?.[1];
  if (text === undefined) return undefined;
  const numbers = /^libavutil\s+(\d+)\.\s*(\d+)\./m.exec(output);
  return {
    text,
    libavutil: numbers === null ? undefined : [Number(numbers[1]), Number(numbers[2])],
    hasZscale: output.includes('--enable-libzimg'),
  };
}

const OLDEST = [5, 1] as const;
const NEWEST_MAJOR = 9;
/** libavutil is at 57 in all of 5, at 58 in 6, and so on; 5.1 begins with 57.28. */
const UTIL_BEFORE_MAJOR = 52;
const UTIL_OF_5_1 = 28;

/**
 * The release that a build belongs to; builds from git count by their libavutil.
 *
 * @throws {MediaError} `ERR_FFMPEG_MISSING` unless it is 5.1 to 9.
 */
export function majorOf({ text, libavutil }: FfmpegVersion, path: string): number {
  const [major, minor] = releaseOf(text) ?? releaseByUtil(libavutil) ?? [];
  if (major === undefined || minor === undefined) {
    throw unfit(`${path} is ffmpeg ${text}, whose version cannot be told`);
  }
  const isOld = major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
  if (isOld) throw unfit(`${path} is ffmpeg ${text}, which is too old`);
  if (major > NEWEST_MAJOR) throw unfit(`${path} is ffmpeg ${text}, which is too new`);
  return major;
}

function releaseOf(text: string): readonly [number, number] | undefined {
  const match = /^n?(\d+)\.(\d+)/.exec(text);
  return match === null ? undefined : [Number(match[1]), Number(match[2])];
}

function releaseByUtil(libavutil: FfmpegVersion['libavutil']): readonly [number, number] | undefined {
  if (libavutil === undefined) return undefined;
  const major = libavutil[0] - UTIL_BEFORE_MAJOR;
  return [major, major === OLDEST[0] && libavutil[1] < UTIL_OF_5_1 ? 0 : 1];
}

function unfit(what: string): MediaError {
  return new MediaError(
    'ERR_FFMPEG_MISSING',
    `${what}: 5.1 to 9 is needed. Install another, or name it in DEEPFFMPEG_FFMPEG`,
  );
}
