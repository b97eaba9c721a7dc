import { randomBytes } from 'node:crypto';
import { access, constants, type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { abortable } from './abortable.js';
import { linkTarget } from './link-target.js';
import { MediaError } from './media-error.js';
import { rememberUnfinished } from './unfinished.js';

/** A file that appears complete or not at all. One of `commit` and `discard` must be called. */
export interface AtomicFile {
  /** Where it is until `commit`, for a program that writes it in our place. */
  readonly path: string;
  /** Appends; one call at a time. @throws {MediaError} `ERR_OUTPUT`, naming the path */
  write(text: string | Uint8Array): Promise<void>;
  /** Puts the file in its place. @throws {MediaError} `ERR_OUTPUT`; then nothing is left. */
  commit(): Promise<void>;
  /** Leaves what was there before, and nothing else. */
  discard(): Promise<void>;
}

/**
 * Opens a file to be written beside its place and renamed at the end. A place that is no regular file, such
 * as a pipe or `/dev/stdout`, is written straight to.
 *
 * @param options - `signal` ends the wait for a named pipe that nobody reads.
 * @throws {MediaError} `ERR_OUTPUT`, naming the path, when it cannot be written; an `AbortError`.
 */
export async function openAtomicFile(
  path: string,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<AtomicFile> {
  const fail = (cause: NodeJS.ErrnoException) => {
    if (cause.name === 'AbortError') throw cause;
    const reason = cause.code === 'ENOENT' ? `there is no folder ${dirname(path)}` : cause.message;
    throw new MediaError('ERR_OUTPUT', `cannot write ${path}: ${reason}`, { cause });
  };
  const { place, mode, isSpecial } = await findPlace(path).catch(fail);
  // A name of its own: behind that of the file it might be too long.
  const aside = isSpecial ? place : join(dirname(place), `${randomBytes(6).toString('hex')}.part`);
  const forget = isSpecial ? () => {} : rememberUnfinished(aside);
  const handle = await (isSpecial ? openSpecial(aside, signal) : open(aside, 'wx')).catch((error) => {
    forget();
    return fail(error);
  });
  // As well as it goes: some file systems, such as vfat and CIFS, keep no modes.
  if (mode !== undefined) await handle.chmod(mode).catch(() => {});
  const remove = async () => {
    if (!isSpecial) await rm(aside, { force: true });
    forget();
  };

  return {
    path: aside,
    write: (text) => handle.appendFile(text).catch(fail),
    async commit() {
      try {
        await handle.close();
        if (!isSpecial) await rename(aside, place);
        forget();
      } catch (error) {
        await remove();
        fail(error as Error); // fs rejects with nothing else
      }
    },
    async discard() {
      await handle.close();
      await remove();
    },
  };
}

/** A named pipe opens when somebody reads it; one that opens after the abort is closed. */
async function openSpecial(path: string, signal: AbortSignal | undefined): Promise<FileHandle> {
  const opening = open(path, 'w');
  try {
    return await abortable(opening, signal);
  } catch (error) {
    opening.then(
      (handle) => handle.close(),
      () => {}, // told already, or of no interest after the abort
    );
    throw error;
  }
}

/** Follows links, so that they stay; keeps the mode of a file that is replaced. */
async function findPlace(path: string): Promise<{ place: string; mode?: number; isSpecial: boolean }> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (found?.isDirectory()) throw new Error('it is a directory');
  if (!found) return { place: await linkTarget(path), isSpecial: false };
  await access(path, constants.W_OK);
  if (!found.isFile()) return { place: path, isSpecial: true };
  return { place: await realpath(path), mode: found.mode & 0o777, isSpecial: false };
}
