import type { Shot } from '@deepffmpeg/core';
import { describeWithFfmpeg, testPicture } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import { editsOf } from '../../src/exports/edits.js';
import { filmInfo, readMetadata, shotsToEdl, shotsToQpFile } from '../../src/index.js';

describeWithFfmpeg('shots of real films on a timeline', (media) => {
  /** A film with keyframes at these frames, and its shots by them. */
  const filmWith = async (name: string, rate: string, keyframes: readonly number[], ...more: string[]) => {
    const at = keyframes.map((frame) => `eq(n,${frame})`).join('+');
    const forced = [
      '-g',
      '9999',
      '-keyint_min',
      '1',
      '-sc_threshold',
      '0',
      '-force_key_frames',
      `expr:${at}`,
    ];
    const x264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', '-bf', '2', ...forced];
    await media.make(name, ...testPicture(`s=32x32:r=${rate}`), ...x264, ...more);
    const shots: Shot[] = [];
    const onKeyframeShot = (shot: Shot) => shots.push(shot);
    const { info } = await readMetadata(media.path(name), { onKeyframeShot });
    return { shots, film: filmInfo(info, media.path(name)) };
  };
  const startsOf = (shots: readonly { readonly startFrame: number }[]) =>
    shots.map(({ startFrame }) => startFrame);

  test.each([
    ['film.mkv', '24000/1001'],
    ['film.mp4', '25'],
    ['film.ts', '30000/1001'],
    ['film.flv', '30000/1001'],
    ['slow.mkv', '24'],
  ])('at a constant rate have the frames of the film: %s at %s', async (name, rate) => {
    const keyframes = [0, 31, 1799, 1833, 1900];
    const { shots, film } = await filmWith(name, rate, keyframes, '-frames:v', '2000');
    const [numerator = 0, denominator = 1] = rate.split('/').map(Number);
    expect(film.frameRate).toEqual({ numerator, denominator });
    expect(startsOf(shots)).toEqual(keyframes);
    const edits = editsOf(shots, film);
    expect(startsOf(edits)).toEqual(keyframes);
    expect(edits.at(-1)?.endFrame).toBe(2000);
    if (rate === '30000/1001') expect(shotsToEdl(shots, film)).toContain('00:00:59;29 00:01:01;05');
  });

  test('at 12.5 frames a second have every second place of 25', async () => {
    const { shots, film } = await filmWith('half.mp4', '25/2', [0, 20, 41], '-frames:v', '60');
    expect(editsOf(shots, film).map(({ startFrame, endFrame }) => [startFrame, endFrame])).toEqual([
      [0, 40],
      [40, 82],
      [82, 120],
    ]);
  });

  test('at a variable rate have the places of their times', async () => {
    // Of 25 frames a second, every second is dropped in the first two seconds.
    const variable = ['-vf', "select='gte(n,50)+not(mod(n,2))'", '-fps_mode', 'vfr', '-t', '4'];
    const { shots, film } = await filmWith('variable.mkv', '25', [0, 15, 60], ...variable);
    expect(startsOf(shots)).toEqual([0, 15, 60]);
    expect(shots.map(({ timestamp }) => timestamp)).toEqual([0, 1.2, 3.4]);
    expect(film.frameRate).toEqual({ numerator: 25, denominator: 1 });
    expect(startsOf(editsOf(shots, film))).toEqual([0, 30, 85]);
    expect(shotsToQpFile(shots)).toBe('0 I -1\n15 I -1\n60 I -1\n');
  });

  test('begin at the time code of the film', async () => {
    const more = ['-frames:v', '60', '-timecode', '01:00:00:00'];
    const { shots, film } = await filmWith('coded.mov', '25', [0, 30], ...more);
    expect(startsOf(editsOf(shots, film))).toEqual([90_000, 90_030]);
    expect(shotsToEdl(shots, film)).toContain('01:00:01:05 01:00:02:10');
  });
});
