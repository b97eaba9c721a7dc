import type { Readable, Writable } from 'node:stream';
import { MediaError } from '@deepffmpeg/core';
import { execa } from 'execa';
import { FfmpegLog } from './ffmpeg-log.js';

/** How a process ended. */
export interface ProcessEnd {
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
}

/** A child process whose pipes are read by the caller, and which can be ended at any moment. */
export interface MediaProcess {
  readonly stdin: Writable | undefined;
  readonly stdout: Readable;
  /** File descriptors 3 and up, as many as were asked for. */
  readonly morePipes: readonly Readable[];
  /** What it printed on stderr, so far. */
  readonly log: FfmpegLog;
  /** Resolves when the process is gone and its log is complete. @throws {MediaError} `ERR_FFMPEG_MISSING` when it could not be started. */
  readonly ended: Promise<ProcessEnd>;
  /** Ends the process; resolves when it is gone. May be called more than once, also after its end. */
  stop(): Promise<void>;
}

/** After SIGTERM; ffmpeg ends within milliseconds unless it hangs in a system call. */
const KILL_AFTER_MS = 2000;

/** Starts ffmpeg or ffprobe. Nothing is read before the caller reads. */
export function startProcess(
  path: string,
  args: readonly string[],
  {
    stdin = false,
    log = new FfmpegLog(),
    morePipes = 0,
  }: {
    readonly stdin?: boolean | undefined;
    readonly log?: FfmpegLog | undefined;
    readonly morePipes?: number | undefined;
  } = {},
): MediaProcess {
  const child = execa(path, args, {
    stdio: [
      stdin ? 'pipe' : 'ignore',
      'pipe',
      'pipe',
      ...Array.from({ length: morePipes }, () => 'pipe' as const),
    ],
    encoding: 'buffer',
    buffer: false,
    reject: false,
    forceKillAfterDelay: KILL_AFTER_MS,
  });
  // In this tick: execa drains and loses pipes that nobody reads yet.
  const outputs = [child.stdout, ...child.stdio.slice(3)] as Readable[]; // all of them pipes, by `stdio`
  for (const output of outputs) output.pause();
  // The pipes' own errors say nothing that the exit status does not.
  for (const stream of [child.stdin, child.stderr, ...outputs]) stream?.on('error', () => {});

  // Always read: ffmpeg stops when it cannot print.
  const printed = new Promise((resolve) => child.stderr.once('close', resolve));
  child.stderr.on('data', (chunk: Uint8Array) => log.write(chunk));

  let gone = false;
  const ended = child.then(async ({ exitCode, signal, cause }) => {
    gone = true;
    if (exitCode === undefined && signal === undefined) throw cannotStart(path, cause);
    await printed;
    log.end();
    return { exitCode, signal };
  });
  ended.catch(() => {}); // whoever awaits it gets the error

  return {
    stdin: stdin ? (child.stdin ?? undefined) : undefined,
    stdout: child.stdout,
    morePipes: outputs.slice(1),
    log,
    ended,
    async stop() {
      // Pipes first: blocked on a full pipe, ffmpeg does not react to SIGTERM.
      child.stdin?.destroy();
      for (const output of outputs) output.destroy();
      if (!gone) child.kill('SIGTERM');
      await ended.catch(() => {});
    },
  };
}

function cannotStart(path: string, cause: unknown): MediaError {
  const reason = cause instanceof Error ? cause.message : 'it did not start';
  return new MediaError('ERR_FFMPEG_MISSING', `${path} cannot be run: ${reason}`, { cause });
}
