import { collect } from '@deepffmpeg/core';
import { expect, test } from 'vitest';
import { tracksToMotChallenge } from '../src/index.js';
import { makeDetections, makeObject } from './make-detections.js';

test('writes tracks frame by frame, both counted from 1, and nothing for what has no track', async () => {
  const text = await collect(
    tracksToMotChallenge([
      makeDetections(0, [
        makeObject('dog', { x: 0, y: 9.5, width: 20.123, height: 30, trackId: 7 }),
        makeObject('dog'),
      ]),
      makeDetections(1, []),
      makeDetections(2, [
        makeObject('cat', { trackId: 8 }, 0.54321),
        makeObject('dog', { x: -3, trackId: 7 }),
      ]),
    ]),
  );
  expect(text.join('')).toBe(
    '1,7,1,10.5,20.12,30,0.9,-1,-1,-1\n3,8,1,1,1,1,0.5432,-1,-1,-1\n3,7,-2,1,1,1,0.9,-1,-1,-1\n',
  );
});
