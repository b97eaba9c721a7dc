import { checkStages } from './check-stages.js';
import type { Chunk } from './chunks.js';
import type { Stage } from './stage.js';
import { wrapStages } from './wrap-stages.js';

/**
 * Makes a stage whose failure does not end the pipeline: when it fails, wherever that is, it is closed and `onFailure` told, once; from
 * then on all chunks pass untouched. What it had taken and not worked off is lost. An abort is no failure: it ends the stream.
 *
 * @param onFailure - may throw: then the stream fails with that.
 * @throws {MediaError} as `through`
 */
export function tolerate<In extends Chunk, Out extends Chunk>(
  stage: Stage<In, Out>,
  onFailure: (error: Error) => void,
): Stage<In, In | Out> {
  checkStages([stage]);
  const takes = (chunk: Chunk) => {
    try {
      return !stage.destroyed && stage.takes(chunk);
    } catch (error) {
      stage.destroy(error as Error);
      return false;
    }
  };
  const tolerant = wrapStages<In, In | Out>({
    members: [stage],
    entries: [stage],
    exits: [stage],
    route: (chunk) => (takes(chunk) ? [stage] : []),
    onFailure(error) {
      if (error.name === 'AbortError') throw error;
      onFailure(error);
    },
  });
  return Object.assign(tolerant, { takes });
}
