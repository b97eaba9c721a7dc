import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { MediaError } from '@deepffmpeg/core';
import { cacheFolders } from '../cache-folders.js';
import { convertFolder } from '../convert-folder.js';
import { cannotWrite } from '../hub/cannot-write.js';
import { withFileLock } from '../hub/file-lock.js';
import { isFile } from '../model-folder.js';
import { findPython } from './find-python.js';
import { runLines } from './run-lines.js';

export interface EnvironmentOptions {
  /** The Python that makes it. @defaultValue `DEEPFFMPEG_PYTHON`, else python3 */
  readonly python?: string | undefined;
  /** @defaultValue `cacheFolders().deepffmpeg` */
  readonly cacheFolder?: string | undefined;
  /** Hears what happens, a line at a time. */
  readonly onProgress?: ((text: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The Python packages that convert models, installed apart from all else. Safe to delete: it is made again when needed. */
export interface ConversionEnvironment {
  readonly path: string;
  readonly python: string;
  readonly isReady: boolean;
}

/** Of Linux, where PyTorch brings CUDA's libraries; less elsewhere. */
const SIZE = 'about 6.5 GB on Linux, 2 GB elsewhere';

/** Written last: without it, the environment was not made, or not to the end. */
const marker = 'complete';

/** Tells where the environment is, or will be: a folder for each lock, so that versions do not disturb each other. */
export async function conversionEnvironment({
  cacheFolder = cacheFolders().deepffmpeg,
}: Pick<EnvironmentOptions, 'cacheFolder'> = {}): Promise<ConversionEnvironment> {
  const lock = await readFile(join(convertFolder, 'requirements.txt'));
  const path = join(cacheFolder, 'convert', createHash('sha256').update(lock).digest('hex').slice(0, 12));
  const python =
    process.platform === 'win32' ? join(path, 'Scripts', 'python.exe') : join(path, 'bin', 'python');
  return { path, python, isReady: await isFile(join(path, marker)) };
}

/**
 * Makes the environment when it is not there, which takes minutes and gigabytes and is said before. What does not come to
 * its end is removed.
 *
 * @throws {MediaError} `ERR_CONVERSION`; `ERR_OUTPUT` when the cache cannot be written: no right, no room; AbortError
 */
export async function openConversionEnvironment(options: EnvironmentOptions): Promise<ConversionEnvironment> {
  const { signal, onProgress } = options;
  const found = await conversionEnvironment(options);
  if (found.isReady) return found;
  const python = await findPython(options.python, signal);
  const work = async () => {
    const meanwhile = await conversionEnvironment(options); // another process made it
    if (meanwhile.isReady) return;
    onProgress?.(
      `making the environment for conversions, once: ${SIZE}, in ${found.path} (safe to delete later)`,
    );
    await rm(found.path, { recursive: true, force: true });
    try {
      await make(found, python, options);
      await writeFile(join(found.path, marker), '');
    } catch (error) {
      await rm(found.path, { recursive: true, force: true });
      throw error;
    }
  };
  const onWait = () => onProgress?.('waiting for another process that makes the environment');
  try {
    await withFileLock(`${found.path}.lock`, work, { signal, onWait: once(onWait) });
  } catch (error) {
    throw cannotWrite(error, dirname(dirname(found.path)), 'DEEPFFMPEG_CACHE');
  }
  return { ...found, isReady: true };
}

async function make(
  { path, python: own }: ConversionEnvironment,
  python: string,
  { signal, onProgress }: EnvironmentOptions,
): Promise<void> {
  const onLine = (line: string) => {
    if (/^(Collecting|Downloading|Installing|Successfully)/.test(line)) onProgress?.(line); // the rest tells of what is not done
  };
  const step = async (what: string, program: string, args: readonly string[]) => {
    const { exitCode, killedBy, tail } = await runLines(program, args, { signal, onLine });
    if (exitCode === 0) return;
    throw new MediaError(
      'ERR_CONVERSION',
      `${what} failed (${killedBy ?? `exit status ${exitCode}`}); nothing of it was kept. ${lastLines(tail)}`,
    );
  };
  await step('making a Python environment', python, ['-E', '-s', '-m', 'venv', path]);
  await step('installing the packages of the conversion', own, [
    ...['-E', '-s', '-m', 'pip', 'install', '--no-input', '--disable-pip-version-check', '--no-cache-dir'],
    // Wheels with the digests of the lock and no others; a lock is whole, so nothing is looked for.
    ...['--require-hashes', '--no-deps', '--only-binary', ':all:', '--progress-bar', 'off'],
    ...['-r', join(convertFolder, 'requirements.txt')],
  ]);
}

/** What a program said last, on one line. */
export function lastLines(tail: string, count = 3): string {
  const lines = tail.split('\n').filter((line) => line.trim() !== '');
  return lines.length === 0 ? 'It said nothing.' : `It said: ${lines.slice(-count).join(' | ')}`;
}

function once(action: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) action();
    isDone = true;
  };
}
