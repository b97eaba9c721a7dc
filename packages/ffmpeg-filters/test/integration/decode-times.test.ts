import { collect } from '@deepffmpeg/core';
import { describeWithFfmpeg, type MediaFolder, testPicture } from '@deepffmpeg/test-kit';
import { describe, expect, test } from 'vitest';
import { decode, probe, type Sample } from '../../src/index.js';

const size = { width: 8, height: 8 };
const ntsc = testPicture('s=160x90:r=30000/1001:d=3');
const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '25'];
const withB = [...x264, '-bf', '3', '-b_strategy', '0'];

/** The times that ffprobe gives for the frames, exact: ticks times the time base. Of the last one in an MPEG program stream it gives none. */
async function referenceTimes(media: MediaFolder, name: string): Promise<(number | undefined)[]> {
  const entries = 'frame=best_effort_timestamp:stream=time_base';
  const output = (await media.probe(name, '-select_streams', 'v:0', '-show_entries', entries)) as {
    frames: { best_effort_timestamp?: number }[];
    streams: { time_base: string }[];
  };
  const [numerator = 0, denominator = 1] = output.streams[0]?.time_base.split('/').map(Number) ?? [];
  return output.frames.map(({ best_effort_timestamp: ticks }) =>
    ticks === undefined ? undefined : (ticks * numerator) / denominator,
  );
}

const timesOf = async (path: string, sample: Sample) =>
  (await collect(decode(path, { frames: { sample, size } }))).map(({ timestamp }) => timestamp);

/** Each makes a file from those that it names. */
const files: Record<string, (media: MediaFolder) => Promise<unknown>> = {
  'cfr.mp4': (media) => media.make('cfr.mp4', ...ntsc, ...x264, '-bf', '0'),
  'b-frames.mp4': (media) => media.make('b-frames.mp4', ...ntsc, ...withB),
  'vfr.mkv': (media) => {
    const uneven = "select='not(mod(n,3))+lt(n,20)',setpts=PTS+gt(N\\,30)*0.777/TB";
    return media.make('vfr.mkv', ...ntsc, '-vf', uneven, '-fps_mode', 'vfr', ...withB);
  },
  'edit-list.mp4': async (media) => {
    await media.make('long.mp4', ...ntsc, ...withB);
    return media.make('edit-list.mp4', '-ss', '1.3', '-i', '{long.mp4}', '-c', 'copy');
  },
  'late.mp4': async (media) => {
    await media.make('early.mp4', ...ntsc, ...withB);
    return media.make('late.mp4', '-itsoffset', '2.5', '-i', '{early.mp4}', '-c', 'copy');
  },
  'late.mkv': (media) => media.make('late.mkv', ...ntsc, ...withB, '-output_ts_offset', '3.25'),
  'transport.ts': (media) => media.make('transport.ts', ...ntsc, ...withB),
  'before-zero.ts': async (media) => {
    await media.make('source.mp4', ...ntsc, ...withB);
    const early = ['-copyts', '-avoid_negative_ts', 'disabled'];
    return media.make('before-zero.ts', '-itsoffset', '-1.5', '-i', '{source.mp4}', '-c', 'copy', ...early);
  },
  'program.mpg': (media) => media.make('program.mpg', ...ntsc, '-c:v', 'mpeg2video', '-bf', '2'),
  'long-sound.mp4': (media) =>
    media.make('long-sound.mp4', ...ntsc, '-f', 'lavfi', '-i', 'sine=d=9', ...withB, '-c:a', 'aac'),
};

describeWithFfmpeg('the times of frames', (media) => {
  test.each(Object.entries(files))('are those of ffprobe: %s', async (name, make) => {
    await make(media);
    const expected = await referenceTimes(media, name);
    expect(expected.length).toBeGreaterThan(20);
    const times = await timesOf(media.path(name), 'all');
    expect(times).toHaveLength(expected.length);
    for (const [i, time] of times.entries()) expect(time).toBeCloseTo(expected[i] ?? time, 9);
    expect(expected.filter((time) => time === undefined).length).toBeLessThan(2);
  });

  test('frames last until the next one, the last until the end of the video', async () => {
    const film = await media.make('lasting.mp4', ...testPicture('s=64x64:r=25:d=2'), ...withB);
    const frames = await collect(decode(film, { frames: { sample: { every: 20 }, size } }));
    expect(
      frames.map(({ timestamp, durationSeconds }) => [timestamp, Number(durationSeconds.toFixed(6))]),
    ).toEqual([
      [0, 0.8],
      [0.8, 0.8],
      [1.6, 0.4],
    ]);
    expect(frames.map(({ index }) => index)).toEqual([0, 1, 2]);
  });

  test('of irregular frames with B-frames, whose MP4 says that it ends before, the last lasts as its packet says', async () => {
    const uneven = "select='if(lt(t,1),1,not(mod(n,7)))'";
    const picture = testPicture('s=64x64:r=30:d=4');
    const film = await media.make('uneven.mp4', ...picture, '-vf', uneven, '-fps_mode', 'vfr', ...withB);
    const { durationSeconds = 0, streams } = await probe(film);
    const last = (await collect(decode(film, { frames: { sample: 'all', size } }))).at(-1);
    const end = (last?.timestamp ?? 0) + (last?.durationSeconds ?? 0);
    expect(streams[0]?.durationSeconds).toBeLessThan(last?.timestamp ?? 0);
    expect(last?.durationSeconds).toBeCloseTo(1 / 30, 6);
    expect(end).toBeCloseTo(durationSeconds, 2);
  });

  describe('sampling', () => {
    let film = '';
    let all: number[] = [];
    let keys: number[] = [];
    const prepare = async () => {
      if (film !== '') return;
      const cuts = ['color=red', 'color=blue', 'color=green'].flatMap((color) => [
        '-f',
        'lavfi',
        '-i',
        `${color}:s=64x64:r=25:d=2`,
      ]);
      const join = ['-filter_complex', 'concat=n=3', '-x264-params', 'scenecut=0:keyint=60:min-keyint=60'];
      film = await media.make('cuts.mp4', ...cuts, ...join, '-c:v', 'libx264', '-bf', '2');
      all = (await referenceTimes(media, 'cuts.mp4')).map((time) => time ?? Number.NaN);
      const { frames } = (await media.probe(
        'cuts.mp4',
        '-skip_frame',
        'nokey',
        '-show_entries',
        'frame=pts_time',
      )) as {
        frames: { pts_time: string }[];
      };
      keys = frames.map(({ pts_time }) => Number(pts_time));
    };
    const firstIn = (slot: (time: number) => number) =>
      all.filter((time, i) => i === 0 || slot(time) > slot(all[i - 1] ?? 0));

    test.each<{ sample: Sample; expected: () => number[] }>([
      { sample: 'all', expected: () => all },
      { sample: { every: 1 }, expected: () => all },
      { sample: { every: 7 }, expected: () => all.filter((_, i) => i % 7 === 0) },
      { sample: { every: 1000 }, expected: () => all.slice(0, 1) },
      { sample: { perSecond: 3 }, expected: () => firstIn((time) => Math.floor(time * 3 + 1e-6)) },
      { sample: { perSecond: 0.4 }, expected: () => firstIn((time) => Math.floor(time * 0.4 + 1e-6)) },
      { sample: { perSecond: 500 }, expected: () => all },
      { sample: 'keyframes', expected: () => keys },
      { sample: 'auto', expected: () => [0, 2, 4, 4.8] },
      { sample: { sceneThreshold: 0.2 }, expected: () => [2, 4] },
      { sample: { sceneThreshold: 1 }, expected: () => [] },
      // 1.0005 is 1.00 to the millisecond; 1.001 falls on the same frame.
      { sample: { at: [5.96, 1.001, 0, 1.0005] }, expected: () => [0, 1, 5.96] },
    ])('$sample', async ({ sample, expected }) => {
      await prepare();
      const times = await timesOf(film, sample);
      expect(times.map((time) => Number(time.toFixed(6)))).toEqual(
        expected().map((time) => Number(time.toFixed(6))),
      );
    });

    test('auto takes keyframes half a second apart, whatever rounding makes of their times', async () => {
      const keys = ['-x264-params', 'scenecut=0:keyint=15:min-keyint=15', '-output_ts_offset', '0.083'];
      const half = await media.make(
        'half.mkv',
        ...testPicture('s=64x64:r=30:d=3'),
        '-c:v',
        'libx264',
        ...keys,
      );
      expect(await timesOf(half, 'auto')).toEqual([0.083, 0.583, 1.083, 1.583, 2.083, 2.583]);
    });

    test.each([
      { frames: 150, last: [] },
      { frames: 151, last: [6] }, // the frame at which two seconds have passed
    ])(
      'auto takes the same of $frames frames, whether the decoder may skip some or not',
      async ({ frames, last }) => {
        const keys = ['-x264-params', 'scenecut=0:keyint=1000', '-force_key_frames', '0,2,4'];
        const args = ['-c:v', 'libx264', '-frames:v', String(frames), ...keys];
        const ending = await media.make(`ending-${frames}.mp4`, ...testPicture('s=64x64:r=25:d=7'), ...args);
        const auto = { sample: 'auto', size } as const;
        const all = await collect(decode(ending, { frames: [auto, { tap: 'all', sample: 'all', size }] }));
        const times = all.filter(({ tap }) => tap === 'frames').map(({ timestamp }) => timestamp);
        expect(times).toEqual([0, 2, 4, ...last]);
        expect(await timesOf(ending, 'auto')).toEqual(times);
      },
    );

    test('a rate that no decimal number tells is kept for hours', async () => {
      const args = ['-c:v', 'mpeg4', '-output_ts_offset', '36000'];
      const late = await media.make('hours.mkv', ...testPicture('s=16x16:r=1:d=10'), ...args);
      expect(await timesOf(late, { perSecond: 1 / 3 })).toEqual([36_000, 36_003, 36_006, 36_009]);
    });

    test('a time after the last frame fails, when all others have come', async () => {
      await prepare();
      const times: number[] = [];
      const read = async () => {
        for await (const { timestamp } of decode(film, { frames: { sample: { at: [1, 5.99] }, size } }))
          times.push(timestamp);
      };
      await expect(read()).rejects.toMatchObject({
        code: 'ERR_INPUT',
        message: expect.stringContaining('5.96'),
      });
      expect(times).toEqual([1]);
    });

    test('as many times as a command has room for can be asked for, and no more', async () => {
      await prepare();
      // As long as times get.
      const at = Array.from({ length: 1000 }, (_, i) => i / 1000 - 654321.123456789);
      const taps = (last: readonly number[]) => ({
        frames: [
          { tap: 'a', sample: { at }, size },
          { tap: 'b', sample: { at: last }, size },
        ],
      });
      expect(await collect(decode(film, taps(at)))).toHaveLength(2);
      const more = { tap: 'c', sample: { at: [1] }, size };
      expect(() => decode(film, { frames: [...taps(at).frames, more] })).toThrow(
        expect.objectContaining({
          code: 'ERR_INVALID_OPTIONS',
          message: expect.stringMatching(/2001 times.*2000/),
        }),
      );
    });

    test('several taps come from one process, each with its own frames, size and numbers', async () => {
      await prepare();
      const frames = await collect(
        decode(film, {
          frames: [
            { tap: 'small', sample: { every: 10 }, size },
            { tap: 'large', sample: 'keyframes' },
            { tap: 'cuts', sample: { sceneThreshold: 0.2 }, size: { width: 4, height: 2 } },
          ],
        }),
      );
      const of = (tap: string) => frames.filter((frame) => frame.tap === tap);
      expect(of('small').map(({ timestamp }) => timestamp)).toEqual(all.filter((_, i) => i % 10 === 0));
      expect(of('large').map(({ timestamp }) => timestamp)).toEqual(keys);
      expect(
        of('large').every(
          ({ width, height, data }) => width === 64 && height === 64 && data.length === 64 * 64 * 3,
        ),
      ).toBe(true);
      expect(of('cuts').map(({ timestamp, index, width }) => [timestamp, index, width])).toEqual([
        [2, 0, 4],
        [4, 1, 4],
      ]);
    });
  });
});
