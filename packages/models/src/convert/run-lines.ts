import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { abortErrorOf, MediaError } from '@deepffmpeg/core';

export interface RunLinesOptions {
  readonly signal?: AbortSignal | undefined;
  /** Hears each line of stdout; what it throws ends the program. */
  readonly onLine?: ((line: string) => void) | undefined;
}

/** How a program ended. */
export interface ProgramEnd {
  readonly exitCode: number | null;
  readonly killedBy: string | null;
  /** The last lines of stderr. */
  readonly tail: string;
}

const KILL_AFTER_MS = 2000;
const MOST_TAIL = 4096;

/** Where a process leads a group, all that it started ends with it. Windows has no such groups. */
const hasGroups = process.platform !== 'win32';

/**
 * Runs a program without a shell, and hands on what it prints line by line.
 *
 * @throws AbortError when aborted, once the program and all that it started are gone; {MediaError} `ERR_CONVERSION` when
 * it cannot be started; what `onLine` throws.
 */
export async function runLines(
  path: string,
  args: readonly string[],
  { signal, onLine }: RunLinesOptions = {},
): Promise<ProgramEnd> {
  if (signal?.aborted) throw abortErrorOf(signal);
  const child = spawn(path, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: hasGroups });
  const ended = new Promise<Pick<ProgramEnd, 'exitCode' | 'killedBy'>>((resolve, reject) => {
    child.once('error', (cause) =>
      reject(new MediaError('ERR_CONVERSION', `${path} cannot be run: ${cause.message}`, { cause })),
    );
    child.once('close', (exitCode, killedBy) => resolve({ exitCode, killedBy }));
  });

  let tail = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + text).slice(-MOST_TAIL);
  });
  let failure: { readonly error: unknown } | undefined;
  let killing: NodeJS.Timeout | undefined;
  const stop = (): void => {
    kill(child.pid, 'SIGTERM');
    killing ??= setTimeout(() => kill(child.pid, 'SIGKILL'), KILL_AFTER_MS);
  };
  createInterface({ input: child.stdout, crlfDelay: Infinity }).on('line', (line) => {
    if (failure || signal?.aborted) return;
    try {
      onLine?.(line);
    } catch (error) {
      failure = { error };
      stop();
    }
  });
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const end = await ended;
    if (signal?.aborted) throw abortErrorOf(signal);
    if (failure) throw failure.error;
    return { ...end, tail: tail.trim() };
  } finally {
    signal?.removeEventListener('abort', stop);
    clearTimeout(killing); // its number may be another's by then
  }
}

function kill(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return; // it never started
  try {
    process.kill(hasGroups ? -pid : pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // gone already
  }
}
