import type { Shot } from '@deepffmpeg/core';
import type { ActionMoment } from './create-action-finder.js';

const SCENE_INTENSITY = 0.5;
const MOST_SCENES = 10;

/** The moments of an input whose sound tells nothing: by the original's rule its first ten cuts. */
export function sceneMoments(shots: readonly Shot[]): ActionMoment[] {
  return shots
    .filter(({ kind }) => kind !== 'start') // also where pictures begin after the sound
    .slice(0, MOST_SCENES)
    .map(({ source, timestamp }) => ({
      type: 'action-moment',
      source,
      kind: 'scene_change',
      timestamp,
      durationSeconds: 0,
      intensity: SCENE_INTENSITY,
    }));
}
