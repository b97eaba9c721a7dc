import { Duplex } from 'node:stream';
import { describeValue } from './describe-value.js';
import { MediaError } from './media-error.js';
import type { AnyStage } from './stage.js';

const isTransform = (stage: unknown): stage is Duplex => stage instanceof Duplex;
const isStage = (stage: unknown): stage is AnyStage =>
  isTransform(stage) && 'takes' in stage && typeof stage.takes === 'function';

/**
 * A stage ends with what is read through it: used again, it would give nothing, or wait without end.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS` for what is no stage, and for a stage that is or was read from, or that stands in the list twice.
 */
export function checkStages(stages: readonly AnyStage[]): void {
  refuseOthers(stages, isStage);
  refuseUsed(stages);
}

/** The same for stages in a row, where nobody asks what they take: a plain Transform will do. */
export function checkTransforms(stages: readonly Duplex[]): void {
  refuseOthers(stages, isTransform);
  refuseUsed(stages);
}

function refuseOthers(stages: readonly unknown[], isRight: (stage: unknown) => boolean): void {
  const other = stages.findIndex((stage) => !isRight(stage));
  if (other === -1) return;
  const stage = stages[other];
  throw new MediaError(
    'ERR_INVALID_OPTIONS',
    `stage ${other + 1} of ${stages.length}: expected a stage, as createStage makes it, got ${describeOther(stage)}`,
  );
}

function describeOther(stage: unknown): string {
  if (Array.isArray(stage)) return 'a list: spread it, ...stages';
  if (typeof stage === 'function' && /Generator/.test(stage.constructor.name))
    return 'a generator function: call it with what comes before, and give the result as the source of another through';
  return describeValue(stage);
}

function refuseUsed(stages: readonly Duplex[]): void {
  const used = stages.findIndex(
    (stage, index) => stage.readableFlowing !== null || stages.indexOf(stage) !== index,
  );
  if (used === -1) return;
  throw new MediaError(
    'ERR_INVALID_OPTIONS',
    `stage ${used + 1} of ${stages.length} is or was used elsewhere: make one for each place and each run`,
  );
}
