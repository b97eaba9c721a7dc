import { expect, test } from 'vitest';
import * as clap from '../src/index.js';

test('exports these names', () => {
  expect(Object.keys(clap)).toMatchInlineSnapshot(`
    [
      "createAudioEmbedder",
      "formatWav",
      "openClap",
      "readWav",
      "wavSamples",
      "writeWav",
    ]
  `);
});
