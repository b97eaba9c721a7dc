import { expect, test } from 'vitest';
import * as ffmpegFilters from '../src/index.js';

test('the package exports these names', () => {
  expect(Object.keys(ffmpegFilters).sort()).toEqual([
    'decode',
    'describeDecode',
    'findAudioStream',
    'findFfmpeg',
    'findVideoStream',
    'formatNativeTexts',
    'isAddress',
    'listFilters',
    'measuredMiddle',
    'nativeFfmpegPath',
    'nativeFolder',
    'parseSample',
    'playVideo',
    'probe',
    'probeHdr',
    'probeMissingEnd',
    'probePackets',
    'readAddress',
    'shownName',
    'writeVideo',
  ]);
});
