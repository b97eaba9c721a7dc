import { expect, test } from 'vitest';
import { systemHints } from '../../src/index.js';
import { makeAudio, makeInfo, makeVideo } from '../make-info.js';

const hintsOf = (width: number, height: number, sampleRate: number, tags = {}) =>
  systemHints(makeInfo({ tags, streams: [makeVideo({ width, height }), makeAudio({ sampleRate })] }));

test.each([
  [3840, 2160, 44_100, '4K', 'Professional camera system'],
  [4096, 2160, 44_100, '4K', 'Professional camera system'],
  [1920, 1080, 48_000, 'Full HD', 'Prosumer camera system'],
  [1920, 1080, 44_100, 'Full HD', 'Unknown system'],
  [1280, 720, 48_000, 'HD', 'Consumer camera'],
  [1080, 1920, 48_000, 'SD', 'Unknown system'],
  [3840, 1600, 48_000, 'SD', 'Unknown system'],
])('%i x %i with sound of %i Hz is %s: %s', (width, height, sampleRate, resolutionClass, classification) => {
  expect(hintsOf(width, height, sampleRate)).toMatchObject({ resolutionClass, classification });
});

test.each([
  [24, 1, 'Film standard (24fps)'],
  [24_000, 1001, 'Film standard (24fps)'],
  [30_000, 1001, 'Broadcast standard (30fps)'],
  [25, 1, undefined],
  [48, 1, undefined],
  [50, 1, 'High frame rate'],
  [241, 10, undefined],
])('%i/%i frames a second: %s', (numerator, denominator, frameRateClass) => {
  const video = makeVideo({ baseFrameRate: { numerator, denominator } });
  expect(systemHints(makeInfo({ streams: [video] })).frameRateClass).toBe(frameRateClass);
});

test.each([
  [96_000, 'Professional'],
  [48_000, 'Professional'],
  [44_100, 'Consumer'],
  [32_000, undefined],
])('sound of %i Hz: %s', (sampleRate, audioClass) => {
  expect(hintsOf(640, 480, sampleRate).audioClass).toBe(audioClass);
});

test('tags that name a device are kept, and make or model identify it', () => {
  const tags = { title: 'x', encoder: 'Lavf59', 'com.apple.quicktime.make': 'A', 'Camera-ID': '7' };
  expect(hintsOf(3840, 2160, 48_000, tags)).toMatchObject({
    classification: 'Identified device',
    tags: { encoder: 'Lavf59', 'com.apple.quicktime.make': 'A', 'Camera-ID': '7' },
  });
  expect(hintsOf(640, 480, 8000, { Model: 'Z' }).classification).toBe('Identified device');
  expect(hintsOf(640, 480, 8000, { encoder: 'x', device: 'y' }).classification).toBe('Unknown system');
});

test('a cover picture has no resolution class, and nothing at all has none', () => {
  const cover = makeVideo({ isAttachedPicture: true });
  const nothing = { resolutionClass: undefined, frameRateClass: undefined };
  expect(systemHints(makeInfo({ streams: [cover] }))).toMatchObject(nothing);
  expect(systemHints(makeInfo({ streams: [] }))).toEqual({
    classification: 'Unknown system',
    tags: {},
    ...nothing,
    audioClass: undefined,
  });
});
