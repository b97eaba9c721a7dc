import type { Shot } from '@deepffmpeg/core';
import { expect, test } from 'vitest';
import { sceneMoments } from '../../src/index.js';

test('the first ten cuts after the start are moments', () => {
  const shots = Array.from(
    { length: 14 },
    (_, index): Shot => ({
      type: 'shot',
      source: 'film.mp4',
      index,
      timestamp: 100 + index,
      durationSeconds: 1,
      startFrame: index,
      endFrame: index + 1,
      kind: index === 0 ? 'start' : 'cut',
      score: 0,
    }),
  );
  // Where pictures begin after the sound, the first of them is no cut either.
  const moments = sceneMoments(shots);
  expect(moments.map(({ timestamp }) => timestamp)).toEqual([
    101, 102, 103, 104, 105, 106, 107, 108, 109, 110,
  ]);
  expect(moments[0]).toEqual({
    type: 'action-moment',
    source: 'film.mp4',
    kind: 'scene_change',
    timestamp: 101,
    durationSeconds: 0,
    intensity: 0.5,
  });
  expect(sceneMoments([])).toEqual([]);
});
