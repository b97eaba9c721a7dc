import type { PictureSize, VideoFrame } from '@deepffmpeg/core';
import { findFfmpeg, type Sample } from '@deepffmpeg/ffmpeg-filters';
import type { ReadingChoice } from './choose-inputs.js';
import type { CliIo } from './cli-io.js';
import { isInputError } from './exit-code.js';
import { type InputResult, newResult } from './input-result.js';
import { openFrames } from './open-frames.js';
import { describeOutcome } from './outcomes.js';
import { createProgress } from './progress.js';

export interface RunSettings {
  readonly sample: Sample;
  readonly size: PictureSize;
  readonly flags: ReadingChoice;
  readonly io: CliIo;
}

/**
 * Puts the frames of each input through `work`, one input after the other, and tells in `results` what failed
 * or broke off. An input's own error does not stop the others; any other error does.
 */
export async function runInputs(
  inputs: readonly string[],
  results: Map<string, InputResult>,
  { sample, size, flags, io }: RunSettings,
  work: (frames: AsyncIterable<VideoFrame>) => Promise<void>,
): Promise<void> {
  const { signal, stderr, stdin } = io;
  const { background, spool, printFfmpeg } = flags;
  const ffmpeg = findFfmpeg({ signal }); // looked for once, while the first input is sniffed
  ffmpeg.catch(() => {}); // whoever decodes hears of it; pictures need none

  for (const input of inputs) {
    const result = newResult(input);
    results.set(input, result);
    const progress = createProgress(stderr, input);
    try {
      const frames = openFrames(input, {
        sample,
        size,
        background,
        spool,
        stdin,
        ffmpeg,
        signal,
        onPartial: (reason) => {
          result.partialReason = reason;
        },
        onProgress: ({ timestamp, startSeconds, durationSeconds, frames }) =>
          progress.update(timestamp - startSeconds, durationSeconds, frames),
        onCommand: printFfmpeg ? (command) => stderr.write(`${command}\n`) : undefined,
      });
      await work(frames);
    } catch (error) {
      if (!isInputError(error)) throw error;
      result.error = error as Error; // isInputError proved it
    } finally {
      progress.stop();
    }
    for (const line of describeOutcome(result)) stderr.write(line);
  }
}
