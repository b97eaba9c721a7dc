import { isMediaError } from '@deepffmpeg/core';
import type { CliIo } from '../cli-io.js';
import { ExitCode } from '../exit-code.js';
import { sayTo } from '../say.js';
import { inShellWords } from './in-shell-words.js';

/** What became of one model of a command. */
export type ModelOutcome<T> =
  | ({ readonly model: string } & T)
  | { readonly model: string; readonly error: { readonly code: string; readonly message: string } };

/** Does the same to several models: one that is not to be had does not stop the others. */
export async function forEachModel<T extends object>(
  models: readonly string[],
  io: CliIo,
  work: (model: string) => Promise<T>,
): Promise<{ readonly outcomes: readonly ModelOutcome<T>[]; readonly code: ExitCode }> {
  const outcomes: ModelOutcome<T>[] = [];
  for (const model of new Set(models)) {
    try {
      outcomes.push({ model, ...(await work(model)) });
    } catch (cause) {
      const error = inShellWords(cause);
      if (!isMediaError(error, 'ERR_MODEL_MISSING')) throw error;
      outcomes.push({ model, error: { code: error.code, message: error.message } });
      sayTo(io).always(`error: ${error.message}`);
    }
  }
  return { outcomes, code: codeOf(outcomes.filter((outcome) => 'error' in outcome).length, outcomes.length) };
}

/** What the shell is told when so many of all have failed. */
export function codeOf(failed: number, all: number): ExitCode {
  if (failed === 0) return ExitCode.done;
  return failed === all ? ExitCode.failed : ExitCode.someFailed;
}
