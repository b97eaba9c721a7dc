import { MediaError } from './media-error.js';
import type { AnyStage } from './stage.js';

/**
 * A stage ends with what is read through it: used again, it would give nothing, or wait without end.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS` for a stage that is or was read from, or that stands in the list twice.
 */
export function refuseUsed(stages: readonly AnyStage[]): void {
  const used = stages.findIndex(
    (stage, index) => stage.readableFlowing !== null || stages.indexOf(stage) !== index,
  );
  if (used === -1) return;
  throw new MediaError(
    'ERR_INVALID_OPTIONS',
    `stage ${used + 1} of ${stages.length} is or was used elsewhere: make one for each place and each run`,
  );
}
