import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { MediaError, type VideoFrame } from '@deepffmpeg/core';
import type { FramePuller } from './frame-puller.js';
import { nutFrameHead, nutHead } from './nut/write-nut.js';

/** Of the times handed to ffmpeg: the clock of MPEG, in which the usual rates of film and video are whole or nearly. */
export const TICKS_PER_SECOND = 90_000;
/** A last frame is written again so near to the end, or readers take the file for cut off: `decode` does from 1 s on. */
const LONGEST_LAST_SECONDS = 0.5;
/** How long a single picture without a duration is shown. */
const SINGLE_SECONDS = 0.04;
/** What a player may show a last frame too long or too short by: containers in milliseconds round by as much. */
const TOLERANCE_SECONDS = 0.002;

/**
 * Writes frames as NUT, the first of which has been taken already, and ends the pipe. Each is shown until the next, the last as long as it
 * says: what reads this shows it as long as the one before, so where that is wrong or long, it is written again.
 *
 * @param originSeconds - the time that becomes 0.
 * @throws AbortError
 * @throws {MediaError} `ERR_MISMATCH` when a frame has another size than the first, or does not come after the one before it.
 */
export async function feedFrames(
  frames: FramePuller<VideoFrame>,
  first: VideoFrame,
  stdin: Writable,
  originSeconds: number,
  signal: AbortSignal,
): Promise<void> {
  const write = async (bytes: Uint8Array) => {
    if (!stdin.write(bytes)) await once(stdin, 'drain', { signal });
  };
  let lastTicks = -1;
  const writeFrame = async ({ data }: VideoFrame, seconds: number) => {
    // Two frames within one tick are apart in time all the same.
    const ticks = Math.max(lastTicks + 1, Math.round((seconds - originSeconds) * TICKS_PER_SECOND));
    lastTicks = ticks;
    await write(nutFrameHead(ticks, data.length));
    await write(data);
  };

  await write(nutHead(first, TICKS_PER_SECOND));
  let stepSeconds = 0;
  let last = first;
  for (;;) {
    const coming = frames.next(signal); // while this one is on its way
    coming.catch(() => {}); // heard of below, unless writing fails before
    await writeFrame(last, last.timestamp);
    const frame = await coming;
    if (frame === undefined) break;
    checkFollows(frame, last, first);
    stepSeconds = frame.timestamp - last.timestamp;
    last = frame;
  }
  for (const seconds of endingOf(last, stepSeconds)) await writeFrame(last, seconds);
  stdin.end();
}

/** When to write the last frame again, so that it is shown for its duration, by steps that end with two equal ones. */
function endingOf({ timestamp, durationSeconds }: VideoFrame, stepSeconds: number): number[] {
  const shownSeconds = durationSeconds > 0 ? durationSeconds : stepSeconds || SINGLE_SECONDS;
  const isRight = Math.abs(shownSeconds - stepSeconds) <= TOLERANCE_SECONDS;
  if (isRight && shownSeconds <= 2 * LONGEST_LAST_SECONDS) return [];
  const end = timestamp + shownSeconds;
  const tail = Math.min(shownSeconds / 2, LONGEST_LAST_SECONDS);
  return shownSeconds > 2 * tail ? [end - 2 * tail, end - tail] : [end - tail];
}

/** @throws {MediaError} `ERR_MISMATCH` */
export function checkFrame({ type, source, timestamp, width, height, data }: VideoFrame): void {
  // Of a decode with sound, to plain JavaScript, come other chunks.
  if (type !== 'video-frame')
    throw new MediaError(
      'ERR_MISMATCH',
      `a chunk of type ${type} came where video frames were expected: leave the other kinds out`,
    );
  if (width > 0 && height > 0 && data.length === width * height * 3 && Number.isFinite(timestamp)) return;
  throw new MediaError(
    'ERR_MISMATCH',
    `a frame of ${source} at ${timestamp} s has ${data.length} bytes; RGB24 of ${width}x${height} was expected`,
  );
}

function checkFollows(frame: VideoFrame, before: VideoFrame, first: VideoFrame): void {
  checkFrame(frame);
  const { source, timestamp, width, height } = frame;
  if (width !== first.width || height !== first.height) {
    throw new MediaError(
      'ERR_MISMATCH',
      `the frame of ${source} at ${timestamp} s has ${width}x${height} pixels, and those before it ${first.width}x${first.height}: ` +
        'a video has one size. Decode with a fixed size',
    );
  }
  if (timestamp > before.timestamp) return;
  throw new MediaError(
    'ERR_MISMATCH',
    `the frame of ${source} at ${timestamp} s comes after one of ${before.source} at ${before.timestamp} s: ` +
      'a video takes the frames of one input and one tap, in order of time',
  );
}
