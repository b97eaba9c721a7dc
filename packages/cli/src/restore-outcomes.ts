import { type EmbeddingsFile, MediaError, type Modality } from '@deepffmpeg/core';
import type { CliIo } from './cli-io.js';
import { fail, type InputResult, newResult } from './input-result.js';
import { restoreOutcome, tellOutcome } from './outcomes.js';

/** An input that failed, broke off or lacked something when it was embedded is no better now. */
export function restoreOutcomes(
  { outcomes }: EmbeddingsFile,
  results: Map<string, InputResult>,
  modalities: readonly Modality[],
  io: CliIo,
  hasTable: boolean,
): void {
  for (const outcome of outcomes) {
    const result = results.get(outcome.input) ?? newResult(outcome.input);
    results.set(outcome.input, result);
    restoreOutcome(result, outcome, modalities);
    tellOutcome(result, io, hasTable);
  }
  if (modalities.includes('vision')) return;
  // A picture has no sound; asked for that alone it fails, as it does when it is scored directly.
  for (const result of results.values()) {
    if (result.error || result.windows > 0 || result.partialReason !== undefined) continue;
    fail(result, new MediaError('ERR_INPUT', `${result.input} has no embeddings of sound in the file`));
    tellOutcome(result, io, hasTable);
  }
}
