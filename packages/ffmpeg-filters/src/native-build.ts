import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * The folder of `@deepffmpeg/native`, where it is installed: the sources of an ffmpeg with the filters `clip`, `clap` and
 * `avgclass`, and what was built of them.
 */
export function nativeFolder(): string | undefined {
  try {
    // By name, since nothing depends on it: who wants it installs it.
    return dirname(createRequire(import.meta.url).resolve('@deepffmpeg/native/package.json'));
  } catch {
    return undefined; // not installed
  }
}

/** Where the native ffmpeg is when it has been built. */
export function nativeFfmpegPath(folder: string | undefined = nativeFolder()): string | undefined {
  return folder === undefined ? undefined : join(folder, 'dist', 'bin', 'ffmpeg');
}
