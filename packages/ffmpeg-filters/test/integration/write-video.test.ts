import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { collect, type VideoFrame } from '@deepffmpeg/core';
import { describeWithFfmpeg, makeTemporaryFolder, testPicture } from '@deepffmpeg/test-kit';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { decode, type Ffmpeg, findFfmpeg, probe, writeVideo } from '../../src/index.js';
import { makeVideo } from '../make-video.js';

/** Ids of this process's children that are ffmpeg or ffprobe. */
function children(): number[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,comm='], { encoding: 'utf8' });
  return table.split('\n').flatMap((line) => {
    const [pid, parent, name = ''] = line.trim().split(/\s+/);
    return Number(parent) === process.pid && /ff(mpeg|probe)/.test(name) ? [Number(pid)] : [];
  });
}

const times = async (path: string) =>
  (await collect(decode(path, { frames: { sample: 'all' } }))).map(({ timestamp }) => timestamp);

describeWithFfmpeg('writeVideo', (media) => {
  let ffmpeg: Ffmpeg;
  beforeAll(async () => {
    ffmpeg = await findFfmpeg();
  });
  afterEach(() => expect(children()).toEqual([]));

  test('writes H.264 in MP4 that begins with its index, in the colours and at the times of the frames', async () => {
    const path = join(await makeTemporaryFolder(), 'out.mp4');
    const colours = [
      [250, 20, 30],
      [20, 250, 30],
      [20, 30, 250],
      [255, 255, 255],
    ] as const;
    const given = [0, 1001 / 30_000, 0.5, 2];
    await writeVideo(path, makeVideo(given, { colour: (i) => colours[i]!, lastSeconds: 1.5 }), { ffmpeg });
    const { streams, durationSeconds } = await probe(path, { ffmpeg });
    expect(streams).toHaveLength(1);
    expect(streams[0]).toMatchObject({
      codec: 'h264',
      pixelFormat: 'yuv420p',
      width: 64,
      height: 48,
      colorRange: 'tv',
      colorSpace: 'bt709',
      colorPrimaries: 'bt709',
      colorTransfer: 'bt709',
    });
    expect(durationSeconds).toBeCloseTo(3.5, 3);
    const bytes = await readFile(path);
    expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'));
    const frames = await collect(decode(path, { frames: { sample: 'all' } }, { ffmpeg }));
    for (const [i, { timestamp, data }] of frames.slice(0, 4).entries()) {
      expect(timestamp).toBeCloseTo(given[i]!, 4);
      for (const [channel, value] of colours[i]!.entries())
        expect(Math.abs(data[channel]! - value)).toBeLessThanOrEqual(6);
    }
    expect(frames).toHaveLength(6); // the last lasts long, and is there again near the end
  });

  test.each([
    ['.mkv', 'h264'],
    ['.mov', 'h264'],
    ['.webm', 'vp9'],
    ['.MP4', 'h264'],
  ])('writes %s', async (ending, codec) => {
    const path = join(await makeTemporaryFolder(), `out${ending}`);
    await writeVideo(path, makeVideo([3, 3.5, 5, 5.04], { lastSeconds: 0.46 }), { ffmpeg });
    const { streams, durationSeconds } = await probe(path, { ffmpeg });
    expect(streams.map((stream) => stream.codec)).toEqual([codec]);
    expect(durationSeconds).toBeCloseTo(2.5, 2);
    const written = await times(path);
    for (const [i, time] of [0, 0.5, 2, 2.04].entries()) expect(written[i]).toBeCloseTo(time, 3);
  });

  test('shows the last frame as long as it says: by itself if as long as the one before and short, else again near its end', async () => {
    const path = join(await makeTemporaryFolder(), 'out.mp4');
    const lengthOf = async (frames: readonly VideoFrame[]) => {
      await writeVideo(path, frames, { ffmpeg });
      const { durationSeconds, streams } = await probe(path, { ffmpeg });
      return [durationSeconds, streams[0]?.type === 'video' && streams[0].frameCount];
    };
    expect(await lengthOf(makeVideo([0, 0.04, 0.08]))).toEqual([0.12, 3]);
    expect(await lengthOf(makeVideo([0, 0.04, 0.08], { lastSeconds: 5 }))).toEqual([5.08, 5]);
    expect(await lengthOf(makeVideo([0, 10], { lastSeconds: 10 }))).toEqual([20, 4]);
    expect(await lengthOf(makeVideo([7], { lastSeconds: 2 }))).toEqual([2, 3]);
    expect(await lengthOf(makeVideo([7], { lastSeconds: 0 }))).toEqual([0.04, 2]);
    expect(await lengthOf(makeVideo([7, 8], { lastSeconds: 0 }))).toEqual([2, 2]);
  });

  test.each(['mp4', 'mkv', 'webm'])('of few frames is whole for a reader: %s', async (ending) => {
    const path = join(await makeTemporaryFolder(), `out.${ending}`);
    await writeVideo(path, makeVideo([0, 10, 20], { lastSeconds: 10 }), { ffmpeg });
    expect(await times(path)).toEqual([0, 10, 20, 29, 29.5].map((time) => expect.closeTo(time, 3)));
  });

  test('declares a level that players have, however irregular the frames', async () => {
    const audioFrom = await media.make('from-0.mkv', ...['-f', 'lavfi', '-i', 'sine=d=5']);
    await writeVideo(media.path('level.mp4'), makeVideo([3, 3.5], { lastSeconds: 0.5 }), {
      ffmpeg,
      audioFrom,
    });
    const { streams } = await media.probe(
      'level.mp4',
      '-select_streams',
      'v',
      '-show_entries',
      'stream=level',
    );
    expect(streams).toEqual([{ level: expect.toSatisfy((level: number) => level <= 30) }]);
  });

  test('gives odd sizes a black row and column', async () => {
    const path = join(await makeTemporaryFolder(), 'out.mp4');
    const white = () => [255, 255, 255] as const;
    await writeVideo(path, makeVideo([0], { width: 33, height: 17, colour: white }), { ffmpeg });
    const [frame] = await collect(decode(path, { frames: { sample: 'all' } }, { ffmpeg }));
    expect([frame?.width, frame?.height]).toEqual([34, 18]);
    expect(frame?.data[3 * (34 * 8 + 30)]).toBeGreaterThan(240);
    expect(frame?.data[3 * (34 * 8 + 33)]).toBeLessThan(40);
  });

  test('keeps times apart that fall into one tick, and those of many hours', async () => {
    const path = join(await makeTemporaryFolder(), 'out.mp4');
    await writeVideo(path, makeVideo([100_000, 100_000.000_001, 120_000], { lastSeconds: 20_000 }), {
      ffmpeg,
    });
    expect(await times(path)).toEqual(
      [0, 1 / 90_000, 20_000, 39_999, 39_999.5].map((time) => expect.closeTo(time, 6)),
    );
    expect((await probe(path, { ffmpeg })).durationSeconds).toBeCloseTo(40_000, 1);
  });

  test('writes the same bytes again', async () => {
    const folder = await makeTemporaryFolder();
    for (const name of ['a.mkv', 'b.mkv', 'a.mp4', 'b.mp4'])
      await writeVideo(join(folder, name), makeVideo([0, 0.04, 0.3]), { ffmpeg });
    for (const ending of ['mkv', 'mp4'])
      expect(await readFile(join(folder, `a.${ending}`))).toEqual(
        await readFile(join(folder, `b.${ending}`)),
      );
  });

  test('takes any name of a file', async () => {
    const folder = await makeTemporaryFolder();
    const names = ['-a \'%03d;`$(x)`".mp4', 'http:b?c=d,[e].mp4', 'ü\n\\|f.mp4'];
    for (const name of names) await writeVideo(join(folder, name), makeVideo([0]), { ffmpeg });
    expect((await readdir(folder)).sort()).toEqual(names.toSorted());
  });

  describe('with sound', () => {
    /** White for 0.2 s in every second, from 0.4 s on, and a tone at the same time. */
    const blinks = (filters: string) => [
      ...['-f', 'lavfi', '-i', `color=black:s=64x48:r=25:d=6,drawbox=c=white:t=fill:enable='${BLINK}'`],
      ...['-f', 'lavfi', '-i', `aevalsrc='${BLINK}*sin(6283*t)':d=6:s=48000`],
      ...['-c:v', 'libx264', '-preset', 'ultrafast', ...filters.split(' ').filter(Boolean)],
    ];
    const BLINK = 'between(mod(t\\,1)\\,0.3999\\,0.5999)';

    /** When it becomes bright, and when loud, in seconds. */
    async function onsets(path: string): Promise<{ bright: number[]; loud: number[] }> {
      const { bright, loud } = { bright: [] as number[], loud: [] as number[] };
      let was = { bright: false, loud: false };
      const plan = { frames: { sample: 'all' }, audio: { sampleRate: 48_000 } } as const;
      for await (const chunk of decode(path, plan, { ffmpeg })) {
        if (chunk.type === 'video-frame') {
          const isBright = chunk.data[0]! > 128;
          if (isBright && !was.bright) bright.push(chunk.timestamp);
          was = { ...was, bright: isBright };
          continue;
        }
        for (let i = 0; i < chunk.data.length; i += 480) {
          const isLoud = chunk.data.subarray(i, i + 480).some((value) => Math.abs(value) > 0.3);
          if (isLoud && !was.loud) loud.push(chunk.timestamp + i / 48_000);
          was = { ...was, loud: isLoud };
        }
      }
      return { bright, loud };
    }

    test.each([
      ['aac', 'from-0.mp4', '-c:a aac'],
      ['aac', 'from-12.mkv', '-c:a aac -output_ts_offset 12.34'],
      ['mp3', 'from-1.ts', '-c:a libmp3lame'],
      ['aac', 'pcm.mkv', '-c:a pcm_s16le -output_ts_offset 3'],
      ['opus', 'opus.mkv', '-c:a libopus'],
      ['aac', 'before.mkv', '-c:a vorbis -strict -2 -ac 2 -output_ts_offset -3'],
    ])('puts it (%s) where it was beside the frames: %s', async (codec, name, filters) => {
      const film = await media.make(name, ...blinks(filters));
      const path = join(await makeTemporaryFolder(), 'out.mp4');
      await writeVideo(path, decode(film, { frames: { sample: 'all' } }, { ffmpeg }), {
        ffmpeg,
        audioFrom: film,
      });
      const { streams, startSeconds } = await probe(path, { ffmpeg });
      expect(streams.map((stream) => stream.codec)).toEqual(['h264', codec]);
      expect(Math.abs(startSeconds ?? 1)).toBeLessThan(0.05);
      const { bright, loud } = await onsets(path);
      expect(bright).toHaveLength(6);
      expect(loud).toHaveLength(6);
      for (const [i, time] of bright.entries()) expect(Math.abs(time - loud[i]!)).toBeLessThan(0.04);
    });

    test('keeps it beside frames that are few, each shown until the next, to the end of the film', async () => {
      const film = await media.make('few.mkv', ...blinks('-c:a aac -output_ts_offset 5'));
      const { startSeconds = 0 } = await probe(film, { ffmpeg });
      const path = join(await makeTemporaryFolder(), 'out.mp4');
      const plan = { frames: { sample: { at: [6.42, 9.42] } } } as const;
      const frames = await collect(decode(film, plan, { ffmpeg }));
      const last = frames[1]!; // of two
      await writeVideo(path, frames, { ffmpeg, audioFrom: film });
      const end = last.timestamp + last.durationSeconds; // more than a second later
      const shown = [...frames.map(({ timestamp }) => timestamp), end - 1, end - 0.5];
      expect(await times(path)).toEqual(shown.map((time) => expect.closeTo(time - startSeconds, 4)));
      const { bright, loud } = await onsets(path);
      expect(bright).toEqual([shown[0]! - startSeconds].map((time) => expect.closeTo(time, 4)));
      expect(loud).toEqual(
        [0, 1, 2, 3, 4, 5].map((time) => expect.closeTo(time + 0.4 + 5 - startSeconds, 1)),
      );
    });

    test('begins with frames that come before it', async () => {
      const film = await media.make('late-sound.mkv', ...blinks('-c:a aac -output_ts_offset 5'));
      const path = join(await makeTemporaryFolder(), 'out.mp4');
      await writeVideo(path, makeVideo([3, 3.5, 6]), { ffmpeg, audioFrom: film });
      expect((await times(path)).slice(0, 3)).toEqual([0, 0.5, 3].map((time) => expect.closeTo(time, 4)));
      const { loud } = await onsets(path);
      expect(loud).toEqual([0, 1, 2, 3, 4, 5].map((time) => expect.closeTo(time + 0.4 + 5 - 3, 1)));
    });

    test('copies it packet by packet where it can', async () => {
      const film = await media.make('copy.mp4', ...blinks('-c:a aac'));
      const folder = await makeTemporaryFolder();
      const path = join(folder, 'out.mp4');
      await writeVideo(path, decode(film, { frames: { sample: { perSecond: 1 } } }, { ffmpeg }), {
        ffmpeg,
        audioFrom: film,
      });
      const hash = (file: string) =>
        execFileSync(ffmpeg.path, [
          '-v',
          'error',
          '-i',
          file,
          ...['-map', '0:a', '-c', 'copy', '-f', 'hash', '-'],
        ]);
      expect(hash(path)).toEqual(hash(film));
    });

    test('brings nothing else of its input along, such as chapters', async () => {
      const list = ';FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1\nSTART=0\nEND=3\ntitle=one\n';
      await writeFile(media.path('chapters.txt'), list);
      const marked = ['-i', '{chapters.txt}', '-map_chapters', '2', '-map', '0', '-map', '1'];
      const film = await media.make('chapters.mp4', ...blinks('').slice(0, 8), ...marked);
      await writeVideo(media.path('plain.mp4'), makeVideo([0, 1]), { ffmpeg, audioFrom: film });
      const { streams, chapters } = await media.probe(
        'plain.mp4',
        '-show_chapters',
        '-show_entries',
        'stream=codec_type',
      );
      expect([streams, chapters]).toEqual([[{ codec_type: 'video' }, { codec_type: 'audio' }], []]);
      expect((await media.probe('chapters.mp4', '-show_chapters'))['chapters']).toHaveLength(1);
    });

    test('of six channels becomes Opus in WebM', async () => {
      const film = await media.make('six.mkv', ...blinks('-c:a ac3 -ac 6 -channel_layout 5.1(side)'));
      const path = join(await makeTemporaryFolder(), 'out.webm');
      await writeVideo(path, makeVideo([0, 1]), { ffmpeg, audioFrom: film });
      const { streams } = await probe(path, { ffmpeg });
      expect(streams.map(({ codec }) => codec)).toEqual(['vp9', 'opus']);
      expect(streams[1]).toMatchObject({ channels: 6 });
    });

    test('takes the stream that is named, and none where there is none', async () => {
      const film = await media.make(
        'two.mkv',
        ...blinks('-map 0 -map 1 -map 1 -c:a:0 aac -c:a:1 libmp3lame'),
      );
      const path = join(await makeTemporaryFolder(), 'out.mp4');
      const codecs = async () => (await probe(path, { ffmpeg })).streams.map(({ codec }) => codec);
      await writeVideo(path, makeVideo([0, 1]), { ffmpeg, audioFrom: film, audioStream: 2 });
      expect(await codecs()).toEqual(['h264', 'mp3']);
      const silent = await media.make('silent.mp4', '-i', film, '-an', '-c', 'copy');
      await writeVideo(path, makeVideo([0, 1]), { ffmpeg, audioFrom: silent });
      expect(await codecs()).toEqual(['h264']);
      const wrong = writeVideo(path, makeVideo([0, 1]), { ffmpeg, audioFrom: film, audioStream: 0 });
      await expect(wrong).rejects.toMatchObject({ code: 'ERR_INPUT' });
    });

    test('waits for frames that come late, and reads no list of other files', async () => {
      const film = await media.make('late.mp4', ...blinks('-c:a aac'));
      const folder = await makeTemporaryFolder();
      const late = async function* () {
        for (const frame of makeVideo([0, 2, 4])) {
          await sleep(700);
          yield frame;
        }
      };
      await writeVideo(join(folder, 'out.mp4'), late(), { ffmpeg, audioFrom: film });
      expect((await probe(join(folder, 'out.mp4'), { ffmpeg })).durationSeconds).toBeCloseTo(6, 1);
      const list = join(folder, 'evil.mp4');
      await writeFile(list, `#EXTM3U\n#EXTINF:6,\n${film}\n`);
      await expect(
        writeVideo(join(folder, 'no.mp4'), makeVideo([0]), { ffmpeg, audioFrom: list }),
      ).rejects.toMatchObject({ code: 'ERR_INPUT' });
    });
  });

  describe('that fails', () => {
    /** Writes over a file, which must be left, with nothing beside it. */
    async function failing(
      write: (path: string) => Promise<void>,
      ending = '.mp4',
    ): Promise<Error & { code?: string }> {
      const folder = await makeTemporaryFolder();
      const path = join(folder, `before${ending}`);
      await writeFile(path, 'before');
      const error = await write(path).then(
        () => expect.fail('it was written'),
        (failure) => failure,
      );
      expect(await readFile(path, 'utf8')).toBe('before');
      expect(await readdir(folder)).toEqual([`before${ending}`]);
      return error;
    }
    const many = () =>
      makeVideo(
        Array.from({ length: 2000 }, (_, i) => i / 25),
        { width: 320, height: 180 },
      );

    test.each([0, 5, 30, 100, 200, 400])('by an abort at %i ms leaves nothing', async (delay) => {
      const signal = AbortSignal.timeout(delay);
      const endless = async function* () {
        for (const frame of many()) {
          await sleep(5);
          yield frame;
        }
      };
      const error = await failing((path) => writeVideo(path, endless(), { ffmpeg, signal }));
      expect(error).toMatchObject({ name: 'AbortError', code: 'ABORT_ERR' });
    });

    test('by an abort while no frame comes, or ffmpeg takes none, leaves nothing', async () => {
      const controller = new AbortController();
      const silent = async function* () {
        yield* makeVideo([0]);
        await sleep(60_000, undefined, { ref: false });
      };
      setTimeout(() => controller.abort(), 400);
      const first = await failing((path) =>
        writeVideo(path, silent(), { ffmpeg, signal: controller.signal }),
      );
      expect(first).toMatchObject({ name: 'AbortError' });

      const again = new AbortController();
      let pulled = 0;
      const stopping = async function* () {
        for (const frame of many()) {
          if (pulled === 20) {
            for (const pid of children()) process.kill(pid, 'SIGSTOP');
            setTimeout(() => again.abort(), 500);
          }
          pulled += 1;
          yield frame;
        }
      };
      const second = await failing((path) => writeVideo(path, stopping(), { ffmpeg, signal: again.signal }));
      expect(second).toMatchObject({ name: 'AbortError' });
      expect(pulled).toBeLessThan(25); // held back
    });

    test('with the error of its source, and closes the source in any case', async () => {
      let closed = 0;
      const broken = async function* (count: number) {
        try {
          yield* many().slice(0, count);
          throw new Error('mine');
        } finally {
          closed += 1;
        }
      };
      expect(await failing((path) => writeVideo(path, broken(9), { ffmpeg }))).toMatchObject({
        message: 'mine',
      });
      expect(await failing((path) => writeVideo(path, broken(0), { ffmpeg }))).toMatchObject({
        message: 'mine',
      });
      expect(closed).toBe(2);
      const odd = async function* () {
        try {
          yield* [...makeVideo([0]), ...makeVideo([1], { width: 32 }), ...makeVideo([2])];
        } finally {
          closed += 1;
        }
      };
      expect(await failing((path) => writeVideo(path, odd(), { ffmpeg }))).toMatchObject({
        code: 'ERR_MISMATCH',
      });
      expect(closed).toBe(3);
    });

    test('by a kill says so', async () => {
      const frames = async function* () {
        for (const frame of many()) {
          if (frame.index === 50) for (const pid of children()) process.kill(pid, 'SIGKILL');
          yield frame;
        }
      };
      const error = await failing((path) => writeVideo(path, frames(), { ffmpeg }));
      expect(error).toMatchObject({ code: 'ERR_FFMPEG_EXIT', message: expect.stringContaining('SIGKILL') });
    });

    test.each([
      ['another size', [...makeVideo([0]), ...makeVideo([1], { width: 32 })], /32x48.*64x48/],
      ['a time that does not rise', [...makeVideo([1]), ...makeVideo([1])], /at 1 s comes after/],
      ['too few bytes', [{ ...makeVideo([0])[0]!, height: 50 }], /RGB24 of 64x50/],
    ])('by a frame of %s', async (_, frames, message) => {
      const error = await failing((path) => writeVideo(path, frames, { ffmpeg }));
      expect(error).toMatchObject({ code: 'ERR_MISMATCH', message: expect.stringMatching(message) });
    });

    test('without frames, with an unknown ending or option, without the input of the sound', async () => {
      const fail = async (options: object, frames = makeVideo([0]), ending = '.mp4') =>
        failing((path) => writeVideo(path, frames, { ffmpeg, ...options }), ending);
      expect(await fail({}, [])).toMatchObject({ code: 'ERR_INPUT' });
      expect(await fail({}, makeVideo([0]), '.avi')).toMatchObject({
        code: 'ERR_INVALID_OPTIONS',
        message: expect.stringContaining('.mp4, .mov, .mkv, .webm'),
      });
      expect(await fail({}, makeVideo([0]), '')).toMatchObject({ code: 'ERR_INVALID_OPTIONS' });
      expect(await fail({ preset: 'fast' })).toMatchObject({ code: 'ERR_INVALID_OPTIONS' });
      expect(await fail({ audioFrom: '/not/there.mp4' })).toMatchObject({ code: 'ERR_INPUT' });
    });

    test('where it may not write', async () => {
      const folder = await makeTemporaryFolder();
      await mkdir(join(folder, 'folder.mp4'));
      for (const path of [join(folder, 'folder.mp4'), join(folder, 'none', 'out.mp4')])
        await expect(writeVideo(path, makeVideo([0]), { ffmpeg })).rejects.toMatchObject({
          code: 'ERR_OUTPUT',
        });
      expect((await stat(join(folder, 'folder.mp4'))).isDirectory()).toBe(true);
    });

    /** A program in place of ffmpeg, that has the encoders named and says something before it fails. */
    async function fake(encoders: string, says: string): Promise<Ffmpeg> {
      const path = join(await makeTemporaryFolder(), 'ffmpeg');
      const list = encoders.split(' ').map((name) => ` V....D ${name}              ${name}`);
      await writeFile(
        path,
        `#!/bin/sh\ncase "$*" in *-encoders*) echo "${list.join('\n')}";; *) head -c 1000 >/dev/null; echo '${says}' >&2; exit 1;; esac\n`,
      );
      await chmod(path, 0o755);
      return { ...ffmpeg, path };
    }

    test('without an encoder, naming it', async () => {
      const bare = await fake('mpeg4 aac', '');
      const error = await failing((path) => writeVideo(path, makeVideo([0]), { ffmpeg: bare }));
      expect(error).toMatchObject({
        code: 'ERR_FFMPEG_MISSING',
        message: expect.stringContaining('libx264'),
      });
    });

    test('without an encoder of sound, only where sound is to be encoded', async () => {
      const bare = await fake('libx264', 'something odd');
      const sources = {
        'silent.mkv': [...testPicture('s=64x48:d=0.2')],
        'copied.mka': ['-f', 'lavfi', '-i', 'sine=d=0.2', '-c:a', 'aac'],
        'encoded.mka': ['-f', 'lavfi', '-i', 'sine=d=0.2', '-c:a', 'wavpack'],
      };
      const codes: unknown[] = [];
      for (const [name, args] of Object.entries(sources)) {
        const audioFrom = await media.make(name, ...args);
        const error = await failing((path) => writeVideo(path, many(), { ffmpeg: bare, audioFrom }));
        codes.push(error.code);
      }
      expect(codes).toEqual(['ERR_FFMPEG_EXIT', 'ERR_FFMPEG_EXIT', 'ERR_FFMPEG_MISSING']);
    });

    test('without room, and with what ffmpeg says otherwise', async () => {
      const full = await fake('libx264', 'av_interleaved_write_frame(): No space left on device');
      const error = await failing((path) => writeVideo(path, many(), { ffmpeg: full }));
      expect(error).toMatchObject({
        code: 'ERR_OUTPUT',
        message: expect.stringContaining('No space left on device'),
      });
      const odd = await fake('libx264', 'something odd');
      expect(await failing((path) => writeVideo(path, many(), { ffmpeg: odd }))).toMatchObject({
        code: 'ERR_FFMPEG_EXIT',
        message: expect.stringContaining('something odd'),
      });
    });

    test('where the sound cannot be read, which is no fault of the file to write', async () => {
      const audioFrom = await media.make('unread.mka', '-f', 'lavfi', '-i', 'sine=d=0.2', '-c:a', 'aac');
      const codeOf = async (says: string) => {
        const failed = await fake('libx264', says);
        return (await failing((path) => writeVideo(path, many(), { ffmpeg: failed, audioFrom }))).code;
      };
      const atInput = [
        `[error] file:${audioFrom}: Input/output error`,
        '[in#1/matroska,webm @ 0x5] [error] Error during demuxing: Input/output error',
        '[in#1 @ 0x5] [error] Error opening input: Input/output error',
        `[error] Error opening input file file:${audioFrom}.`,
      ].join('\n');
      expect(await codeOf(atInput)).toBe('ERR_FFMPEG_EXIT');
      expect(await codeOf(`${atInput}\n[error] av_interleaved_write_frame(): Input/output error`)).toBe(
        'ERR_OUTPUT',
      );
    });
  });
});
