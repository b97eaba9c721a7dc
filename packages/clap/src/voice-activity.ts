import type { LabelSet } from '@deepffmpeg/core';

/** What the scores of a voice detector are about. */
export const voiceActivity: LabelSet = {
  name: 'voice activity',
  kind: 'labels',
  groups: [{ name: 'voice', labels: ['speech', 'no speech'] }],
};
