import { expect, test } from 'vitest';
import * as clip from '../src/index.js';

test('exports these names', () => {
  expect(Object.keys(clip)).toMatchInlineSnapshot(`
    [
      "checkBackground",
      "createFrameEmbedder",
      "openClip",
      "readPicture",
      "sniffPicture",
      "stills",
    ]
  `);
});
