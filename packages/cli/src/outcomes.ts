import {
  type InputOutcome,
  isMediaError,
  MediaError,
  type MediaErrorCode,
  type Modality,
} from '@deepffmpeg/core';
import type { CliIo } from './cli-io.js';
import { fail, type InputResult } from './input-result.js';
import { messageText } from './terminal-text.js';

/** What a file of embeddings keeps of an input that failed or broke off; nothing of one that went well. */
export function outcomeOf({ input, partialReason, missing, error }: InputResult): InputOutcome | undefined {
  if (!error && partialReason === undefined && missing.length === 0) return undefined;
  const code = isMediaError(error) ? { code: error.code } : {};
  return {
    input,
    partialReason,
    ...(missing.length > 0 && { missing }),
    ...(error && { error: { ...code, message: error.message } }),
  };
}

/** Gives a result what was kept of its input. */
export function restoreOutcome(
  result: InputResult,
  { partialReason, missing = [], error }: InputOutcome,
  modalities: readonly Modality[],
): void {
  if (partialReason !== undefined) result.partialReason = partialReason;
  const lacking = missing.filter(({ modality }) => modalities.includes(modality));
  // With nothing else asked for, it would have failed when it was scored directly.
  if (lacking[0] && lacking.length === modalities.length)
    fail(result, new MediaError('ERR_INPUT', lacking[0].reason));
  else result.missing.push(...lacking);
  // Written from a MediaErrorCode; should someone have changed it, it is only shown.
  if (error) fail(result, new MediaError((error.code ?? 'ERR_INPUT') as MediaErrorCode, error.message));
}

/** Tells what went wrong with an input, unless a table on the same terminal will. */
export function tellOutcome(
  outcome: Parameters<typeof describeOutcome>[0],
  { stdout, stderr }: CliIo,
  hasTable: boolean,
): void {
  if (hasTable && stdout.isTTY && stderr.isTTY) return;
  for (const line of describeOutcome(outcome)) stderr.write(line);
}

/** A line for each thing that went wrong, naming the input once. */
export function describeOutcome({
  input,
  partialReason,
  missing,
  error,
}: Pick<InputResult, 'input' | 'partialReason' | 'error'> & {
  readonly missing: readonly { readonly reason: string }[];
}): string[] {
  return [
    ...(error ? [error.message] : []),
    ...missing.map(({ reason }) => reason),
    ...(partialReason !== undefined ? [`partial: ${partialReason}`] : []),
  ].map((problem) => `${messageText(names(problem, input) ? problem : `${input}: ${problem}`)}\n`);
}

const names = (problem: string, input: string) =>
  problem.startsWith(`${input} `) || problem.endsWith(` ${input}`);
