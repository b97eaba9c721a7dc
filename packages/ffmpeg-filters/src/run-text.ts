import { abortErrorOf, MediaError } from '@deepffmpeg/core';
import { startProcess } from './media-process.js';

/** What a short run printed. */
export interface RunResult {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  /** Its last part. */
  readonly stderr: string;
}

const MAX_OUTPUT = 1 << 20;

/** Runs a command that prints little, such as `ffmpeg -version`. @throws AbortError; {MediaError} `ERR_FFMPEG_MISSING` */
export async function runText(
  path: string,
  args: readonly string[],
  signal: AbortSignal | undefined,
): Promise<RunResult> {
  if (signal?.aborted) throw abortErrorOf(signal);
  const child = startProcess(path, args);
  const stop = () => void child.stop();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const [stdout, { exitCode }] = await Promise.all([readText(child.stdout), child.ended]);
    return { exitCode, stdout, stderr: child.log.tail };
  } catch (error) {
    throw signal?.aborted ? abortErrorOf(signal) : error;
  } finally {
    signal?.removeEventListener('abort', stop);
    await child.stop();
  }
}

async function readText(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.length;
    if (length > MAX_OUTPUT) throw new MediaError('ERR_FFMPEG_MISSING', 'the program prints without end');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
