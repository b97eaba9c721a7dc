import { abortErrorOf, MediaError, type VideoFrame } from '@deepffmpeg/core';
import { feedFrames } from './feed-frames.js';
import type { FramePuller } from './frame-puller.js';
import type { MediaProcess, ProcessEnd } from './media-process.js';

/**
 * Hands frames to a process on its stdin, until they or the process end. However it ends, the process is gone afterwards.
 *
 * @throws AbortError, what the source of the frames throws, and `ERR_MISMATCH` as `feedFrames` does.
 */
export async function feedProcess(
  process: MediaProcess,
  frames: FramePuller<VideoFrame>,
  first: VideoFrame,
  originSeconds: number,
  signal: AbortSignal,
): Promise<ProcessEnd> {
  const over = new AbortController();
  const abort = () => {
    over.abort();
    void process.stop();
  };
  signal.addEventListener('abort', abort, { once: true });
  const leave = () => over.abort();
  process.ended.then(leave, leave);
  try {
    if (signal.aborted) throw abortErrorOf(signal);
    if (process.stdin === undefined) throw new MediaError('ERR_FFMPEG_EXIT', 'the process has no stdin');
    await feedFrames(frames, first, process.stdin, originSeconds, over.signal).catch((error) => {
      // A pipe that broke or a wait that was left off: how the process ended says more.
      if (!over.signal.aborted && !isPipeError(error)) throw error;
    });
    const end = await process.ended;
    if (signal.aborted) throw abortErrorOf(signal);
    return end;
  } finally {
    signal.removeEventListener('abort', abort);
    await process.stop();
  }
}

function isPipeError(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'EPIPE' || code === 'ECONNRESET' || code === 'ERR_STREAM_DESTROYED';
}
