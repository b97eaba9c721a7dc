import type { Readable, Writable } from 'node:stream';
import { abortErrorOf, drained, isMediaError } from '@deepffmpeg/core';
import { exitError } from './exit-error.js';
import type { FfmpegLog } from './ffmpeg-log.js';
import type { ResolvedInput } from './media-input.js';
import { startProcess } from './media-process.js';

interface RunOptions {
  readonly path: string;
  readonly args: readonly string[];
  /** How many it writes to: stdout, then descriptors 3 and up. */
  readonly pipes: number;
  /** Gets what ffmpeg prints. */
  readonly log: FfmpegLog;
  readonly signal: AbortSignal;
}

/**
 * Runs ffmpeg and gives what `read` makes of its outputs. When the loop over that ends by itself, ffmpeg has ended with success;
 * however it ends, ffmpeg is gone afterwards.
 *
 * @throws AbortError
 * @throws {MediaError} `ERR_FFMPEG_EXIT`, `ERR_FFMPEG_MISSING`, `ERR_INPUT`
 */
export async function* runFfmpeg<Item>(
  input: ResolvedInput,
  { path, args, pipes, log, signal }: RunOptions,
  read: (outputs: readonly Readable[]) => AsyncIterable<Item>,
): AsyncGenerator<Item, void, undefined> {
  if (signal.aborted) throw abortErrorOf(signal);
  const process = startProcess(path, args, { stdin: input.kind === 'stream', log, morePipes: pipes - 1 });
  const feeding = feed(input, process.stdin);
  const stop = () => void process.stop();
  signal.addEventListener('abort', stop, { once: true });

  let count = 0;
  const failure = async () => {
    const end = await process.ended;
    return exitError(end, log, { input, path, hasOutput: count > 0 });
  };
  try {
    for await (const item of read([process.stdout, ...process.morePipes])) {
      count += 1;
      yield item;
    }
    const error = feeding.error ?? (await failure());
    if (error !== undefined) throw error;
  } catch (error) {
    if (signal.aborted) throw abortErrorOf(signal);
    if (!isMediaError(error, 'ERR_FFMPEG_EXIT')) throw error;
    // Broken NUT is most likely that of an ffmpeg that was killed; one that still runs gets our SIGTERM.
    await process.stop();
    const { signal: killer } = await process.ended;
    throw killer === undefined || killer === 'SIGTERM' ? error : ((await failure()) ?? error);
  } finally {
    signal.removeEventListener('abort', stop);
    await process.stop();
  }
}

/** Hands a stream to ffmpeg as fast as it takes it. An error is remembered: ffmpeg only sees an end. */
function feed(input: ResolvedInput, stdin: Writable | undefined): { error: unknown } {
  const state: { error: unknown } = { error: undefined };
  if (input.kind !== 'stream' || stdin === undefined) return state;
  const { stream } = input;
  const write = async () => {
    for await (const chunk of stream.bytes()) {
      if (stdin.destroyed) return;
      if (!stdin.write(chunk)) await drained(stdin);
    }
  };
  write()
    .catch((error) => {
      state.error = error;
    })
    .finally(() => stdin.end());
  return state;
}
