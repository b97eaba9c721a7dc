import { type InputOutcome, isMediaError, MediaError, type MediaErrorCode } from '@deepffmpeg/core';
import type { InputResult } from './input-result.js';
import { terminalText } from './terminal-text.js';

/** What a file of embeddings keeps of an input that failed or broke off; nothing of one that went well. */
export function outcomeOf({ input, partialReason, error }: InputResult): InputOutcome | undefined {
  if (!error && partialReason === undefined) return undefined;
  const code = isMediaError(error) ? { code: error.code } : {};
  return { input, partialReason, ...(error && { error: { ...code, message: error.message } }) };
}

/** Gives a result what was kept of its input. */
export function restoreOutcome(result: InputResult, { partialReason, error }: InputOutcome): void {
  if (partialReason !== undefined) result.partialReason = partialReason;
  if (!error) return;
  // Written from a MediaErrorCode; should someone have changed it, it is only shown.
  result.error = new MediaError((error.code ?? 'ERR_INPUT') as MediaErrorCode, error.message);
  result.averages.length = 0; // an input that fails has none when it is scored directly
}

/** A line for each thing that went wrong. */
export function describeOutcome({ input, partialReason, error }: InputResult): string[] {
  return [
    ...(error ? [error.message] : []),
    ...(partialReason !== undefined ? [`partial: ${partialReason}`] : []),
  ].map((problem) => `${terminalText(`${input}: ${problem}`)}\n`);
}
