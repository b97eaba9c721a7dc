import { isMediaError, type MediaErrorCode } from '@deepffmpeg/core';

/** What the shell is told. */
export const ExitCode = {
  done: 0,
  failed: 1,
  usage: 2,
  /** Some inputs failed, broke off or lack what was asked of them; the others are done. */
  someFailed: 3,
  /** As shells count a SIGINT. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** Errors of one input; all others end the whole run. */
const INPUT_ERRORS: readonly MediaErrorCode[] = ['ERR_INPUT', 'ERR_PARTIAL_INPUT', 'ERR_FFMPEG_EXIT'];

/** Whether the other inputs may still be done. */
export function isInputError(error: unknown): boolean {
  return isMediaError(error) && INPUT_ERRORS.includes(error.code);
}

interface Outcome {
  readonly error?: Error;
  readonly partialReason?: string;
  readonly missing: readonly unknown[];
}

/** @param results - one for each input */
export function exitCodeOfResults(results: readonly Outcome[]): ExitCode {
  const isWhole = ({ error, partialReason, missing }: Outcome) =>
    !error && partialReason === undefined && missing.length === 0;
  if (results.every(isWhole)) return ExitCode.done;
  return results.every(({ error }) => error) ? ExitCode.failed : ExitCode.someFailed;
}

/** Errors of what the flags say, labels and device included. */
const USAGE_ERRORS: readonly MediaErrorCode[] = ['ERR_INVALID_OPTIONS', 'ERR_LABELS', 'ERR_DEVICE'];

export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof Error && error.name === 'AbortError') return ExitCode.interrupted;
  return isMediaError(error) && USAGE_ERRORS.includes(error.code) ? ExitCode.usage : ExitCode.failed;
}
