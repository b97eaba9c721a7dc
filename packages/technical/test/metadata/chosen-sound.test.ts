import { expect, test } from 'vitest';
import { makeTechnicalAnalysis, systemHints } from '../../src/index.js';
import { makeAudio, makeInfo } from '../make-info.js';

const info = makeInfo({
  streams: [
    makeAudio({ index: 0, sampleRate: 22_050, isDefault: false }),
    makeAudio({ index: 1, sampleRate: 48_000, isDefault: true }),
    makeAudio({ index: 2, sampleRate: 44_100, isDefault: false }),
  ],
});

test('the facts of the sound that is decoded are those of hints and of the production value', () => {
  const [chosen, other] = [undefined, 2].map((audioStream) => {
    const metadata = { info, packets: undefined };
    return makeTechnicalAnalysis([], { source: 'a', metadata, shotRule: 'adaptive', audioStream });
  });
  expect([chosen?.hints.audioClass, other?.hints.audioClass]).toEqual(['Professional', 'Consumer']);
  expect(systemHints(info).audioClass).toBe('Professional');
  expect(JSON.stringify(chosen?.production)).toContain('48000');
  expect(JSON.stringify(other?.production)).toContain('44100');
});
