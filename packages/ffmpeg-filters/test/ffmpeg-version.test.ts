import { describe, expect, test } from 'vitest';
import { majorOf, parseVersion } from '../src/ffmpeg-version.js';

const output = (version: string, libavutil?: string) =>
  `ffmpeg version ${version} Copyright (c) 2000-2026 the FFmpeg developers\n` +
  (libavutil === undefined ? '' : `libavutil      ${libavutil} / ${libavutil}\n`);

const majorIn = (version: string, libavutil?: string) => {
  const parsed = parseVersion(output(version, libavutil));
  return parsed && majorOf(parsed, '/bin/ffmpeg');
};

describe('the version of ffmpeg', () => {
  test.each([
    ['5.1.9-0+deb12u1', 5],
    ['5.1', 5],
    ['6.0', 6],
    ['7.0.2-static', 7],
    ['n7.1', 7],
    ['n9.0.2-17-g2a571b6068-20260930', 9],
  ])('%s is release %i', (version, major) => {
    expect(majorIn(version)).toBe(major);
  });

  test.each([
    ['N-118000-gabcdef0123', '59. 50.100', 7],
    ['git-2022-07-30-abcdef', '57. 28.100', 5],
    ['2025-01-05-git-19c95ecbff-full', '61.  1.102', 9],
  ])('%s counts by its libavutil %s', (version, libavutil, major) => {
    // A date is no release, though it begins with a number.
    expect(majorIn(version, libavutil)).toBe(major);
  });

  test.each([
    ['4.4.2-0ubuntu0.22.04.1', undefined, 'too old'],
    ['5.0.1', undefined, 'too old'],
    ['10.0', undefined, 'too new'],
    ['N-1-gabc', '57. 17.100', 'too old'],
    ['N-1-gabc', undefined, 'cannot be told'],
  ])('%s (libavutil %s) is refused: %s', (version, libavutil, reason) => {
    expect(() => majorIn(version, libavutil)).toThrow(reason);
    expect(() => majorIn(version, libavutil)).toThrow(
      expect.objectContaining({ code: 'ERR_FFMPEG_MISSING' }),
    );
  });

  test('is undefined for what is no ffmpeg', () => {
    expect(parseVersion('bash: hello')).toBeUndefined();
  });
});
