import { expect, test } from 'vitest';
import * as clap from '../src/index.js';

test('exports these names', () => {
  expect(Object.keys(clap)).toMatchInlineSnapshot(`
    [
      "createAudioEmbedder",
      "createInputWriter",
      "createSoundEmbedder",
      "createSoundShareMeter",
      "createVoiceDetector",
      "formatWav",
      "inputShape",
      "openClap",
      "openVoiceModel",
      "readWav",
      "soundSharePrompts",
      "soundShares",
      "voiceActivity",
      "wavSamples",
      "writeWav",
    ]
  `);
});
