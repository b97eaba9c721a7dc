import { type AudioSamples, MediaError, type Modality, type Scores, type VideoFrame } from '@deepffmpeg/core';
import { findFfmpeg, shownName } from '@deepffmpeg/ffmpeg-filters';
import type { ReadingChoice } from './choose-inputs.js';
import type { CliIo } from './cli-io.js';
import { isInputError } from './exit-code.js';
import { inputErrorInShellWords } from './input-error-in-shell-words.js';
import { fail, type InputResult, newResult } from './input-result.js';
import { type MediaPlan, openMedia } from './open-media.js';
import { tellOutcome } from './outcomes.js';
import { createProgress } from './progress.js';
import { sayTo } from './say.js';

export interface RunSettings {
  readonly plan: MediaPlan;
  readonly flags: ReadingChoice;
  readonly io: CliIo;
  /** Whether the results will be printed as tables, which tell what failed. */
  readonly hasTable?: boolean;
}

const MODALITIES: Readonly<Record<'video' | 'audio', Modality>> = { video: 'vision', audio: 'audio' };

/**
 * Puts what each input holds through `work`, one input after the other, and tells in `results` what failed, broke off
 * or is missing. Once a first frame has come, `isStill` tells whether it is that of a picture.
 * An input's own error does not stop the others; any other error does.
 */
export async function runInputs(
  inputs: readonly string[],
  results: Map<string, InputResult>,
  { plan, flags, io, hasTable = false }: RunSettings,
  work: (
    media: AsyncIterable<VideoFrame | AudioSamples | Scores>,
    input: string,
    isStill: () => boolean,
  ) => Promise<void>,
): Promise<void> {
  const { signal, stderr, stdin } = io;
  const { background, spool, printFfmpeg, audioStream } = flags;
  const ffmpeg = findFfmpeg({ signal }); // looked for once, while the first input is sniffed
  ffmpeg.catch(() => {}); // whoever decodes hears of it; pictures need none

  let stillCount = 0;
  let isAnimationTold = false;
  for (const input of inputs) {
    const name = shownName(input);
    const result = results.get(name) ?? newResult(name);
    results.set(name, result);
    const progress = createProgress(stderr, name);
    let isStill = false;
    if (printFfmpeg && input === '-' && !spool)
      sayTo(io).always(
        'warning: --print-ffmpeg has no effect on stdin, which can be read only once: add --spool to it',
      );
    try {
      const media = openMedia(input, {
        plan,
        background,
        spool,
        stdin,
        ffmpeg,
        audioStream,
        signal,
        onPartial: (reason) => {
          result.partialReason = reason;
        },
        onMissing: (kind, reason) => result.missing.push({ modality: MODALITIES[kind], reason }),
        onProgress: ({ timestamp, startSeconds, durationSeconds, frames }) =>
          progress.update(timestamp - startSeconds, durationSeconds, (plan.frames ?? plan.scores) && frames),
        onStill: () => {
          isStill = true;
          stillCount++;
        },
        onAnimation: (frames) => {
          if (!isAnimationTold)
            sayTo(io).always(`${name}: of an animation only the first frame is read, here of ${frames}`);
          isAnimationTold = true;
        },
        onCommand: printFfmpeg ? (command) => stderr.write(`${command}\n`) : undefined,
      });
      await work(media, input, () => isStill);
    } catch (error) {
      if (!isInputError(error)) throw error;
      const mayNeedSpool = input === '-' && !spool && !isStill && stdin.readableDidRead; // not where nothing came
      const told = inputErrorInShellWords(error as MediaError); // isInputError proved it
      fail(result, mayNeedSpool && told === error ? withSpoolHint(error as MediaError) : told);
    } finally {
      progress.stop();
    }
    tellOutcome(result, io, hasTable);
  }
  if (stillCount > 0 && stillCount === inputs.length) tellIdleFlags(flags, io);
}

/** Of stills among videos nobody need be told. */
function tellIdleFlags({ sample, sceneThreshold, printFfmpeg }: ReadingChoice, io: CliIo): void {
  const idle = Object.entries({
    '--sample': sample,
    '--scene-threshold': sceneThreshold,
    '--print-ffmpeg': printFfmpeg,
  });
  for (const [flag, value] of idle)
    if (value !== undefined)
      sayTo(io).always(`warning: ${flag} has no effect on still images, and there is nothing else`);
}

/** Some formats need seeking, such as MP4 with its index at the end; ffmpeg does not say so. */
function withSpoolHint({ code, message, cause }: MediaError): MediaError {
  return new MediaError(code, `${message}; if its format needs seeking, as many MP4 files do, add --spool`, {
    cause,
  });
}
