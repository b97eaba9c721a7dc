import { spawnSync } from 'node:child_process';
import { open, readFile, writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { type AudioSamples, collect, createWindower, through } from '@deepffmpeg/core';
import { describeWithFfmpeg, describeWithShared, testPicture } from '@deepffmpeg/test-kit';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  type DecodeOptions,
  decode,
  describeDecode,
  type MediaInput,
  probe,
  probeMissingEnd,
} from '../../src/index.js';

const RATE = 16_000;
const listen = (input: MediaInput, options: DecodeOptions = {}) =>
  collect(decode(input, { audio: { sampleRate: RATE } }, options));
const endOf = ({ timestamp, durationSeconds }: AudioSamples) => timestamp + durationSeconds;

/** All samples in one; and where a block does not begin at the end of the one before it. */
function join(blocks: readonly AudioSamples[]) {
  const data = Float32Array.from(blocks.flatMap((block) => [...block.data]));
  const gaps = blocks
    .slice(1)
    .map((block, i) => ({ from: endOf(blocks[i]!), to: block.timestamp })) // the one before
    .filter(({ from, to }) => Math.abs(to - from) > 1e-9);
  return { data, gaps, start: blocks[0]?.timestamp, end: blocks.at(-1) && endOf(blocks.at(-1)!) };
}

const rms = (data: Float32Array) =>
  Math.sqrt(data.reduce((sum, value) => sum + value * value, 0) / data.length);
const tone = (settings: string, expression = 'sin(2*PI*440*t)') => [
  ...['-f', 'lavfi', '-i'],
  `aevalsrc='${expression}':${settings}`,
];

describeWithFfmpeg('sound', (media) => {
  beforeAll(async () => {
    await media.make('tone.wav', ...tone('s=48000:d=2', '0.5*sin(2*PI*440*t)'), '-c:a', 'pcm_s16le');
  }, 60_000);

  test('comes as mono float32 of the rate that was asked for', async () => {
    const { data, gaps, start, end } = join(await listen(media.path('tone.wav')));
    expect([data.length, gaps, start, end]).toEqual([2 * RATE, [], 0, 2]);
    const ideal = (i: number) => 0.5 * Math.sin((2 * Math.PI * 440 * i) / RATE);
    // Away from the ends, where the resampler has nothing to look at.
    const errors = data.subarray(100, -100).map((value, i) => Math.abs(value - ideal(i + 100)));
    expect(Math.max(...errors)).toBeLessThan(1e-4); // 16 bit input: half a step is 1.5e-5
  });

  test.each([
    { title: 'stereo', settings: 'c=stereo', channels: [0.2, 0.6], mean: 0.4 },
    { title: 'two channels out of phase', settings: 'c=stereo', channels: [0.5, -0.5], mean: 0 },
    { title: '5.1', settings: 'c=5.1', channels: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6], mean: 0.35 },
  ])('is the mean of the channels: $title', async ({ settings, channels, mean }) => {
    await media.make(
      'mean.wav',
      ...tone(`s=${RATE}:d=1:${settings}`, channels.join('|')),
      '-c:a',
      'pcm_f32le',
    );
    const { data } = join(await listen(media.path('mean.wav')));
    expect(Math.max(...data.map((value) => Math.abs(value - mean)))).toBeLessThan(1e-6);
  });

  test.each([
    { codec: 'pcm_u8', rate: 8000, tolerance: 0.01 },
    { codec: 'pcm_s24le', rate: 44_100, tolerance: 1e-3 },
    { codec: 'pcm_f32le', rate: 96_000, tolerance: 1e-3 },
    { codec: 'pcm_mulaw', rate: 8000, tolerance: 0.02 },
  ])('comes from $codec at $rate Hz', async ({ codec, rate, tolerance }) => {
    await media.make('other.wav', '-i', '{tone.wav}', '-ar', String(rate), '-c:a', codec);
    const { data, end } = join(await listen(media.path('other.wav')));
    expect(data).toHaveLength(2 * RATE);
    expect(end).toBeCloseTo(2, 9);
    expect(Math.abs(rms(data) - 0.5 / Math.SQRT2)).toBeLessThan(tolerance);
  });

  test('of 10 ms is not lost', async () => {
    await media.make('short.wav', '-i', '{tone.wav}', '-t', '0.01');
    expect(join(await listen(media.path('short.wav'))).data).toHaveLength(RATE / 100);
  });

  test.each([
    { before: 'stereo', after: '5.1', expression: { stereo: '0.3*T|0.3*T', '5.1': '0|0|0.3*T|0|0|0' } },
    { before: '5.1', after: 'stereo', expression: { stereo: '0.3*T|0.3*T', '5.1': '0|0|0.3*T|0|0|0' } },
  ])('is not lost where $before becomes $after', async ({ before, after, expression }) => {
    const part = (layout: keyof typeof expression) =>
      tone(`s=48000:d=3:c=${layout}`, expression[layout].replaceAll('T', 'sin(2*PI*440*t)'));
    await media.make('before.ts', ...part(before as 'stereo'), '-c:a', 'ac3');
    await media.make('after.ts', ...part(after as '5.1'), '-c:a', 'ac3', '-output_ts_offset', '3');
    const parts = await Promise.all(['before.ts', 'after.ts'].map((name) => readFile(media.path(name))));
    await writeFile(media.path('change.ts'), Buffer.concat(parts));
    const { data } = join(await listen(media.path('change.ts'), { onPartial: () => {} }));
    const [first, second] = [data.subarray(RATE / 2, 2 * RATE), data.subarray(4 * RATE, 5 * RATE)];
    expect(rms(first)).toBeGreaterThan(0.02);
    expect(rms(second)).toBeGreaterThan(0.02);
  });

  test('whose times run back is told once, by its own clock', async () => {
    await media.make('five.ts', ...testPicture('s=32x32:r=25:d=5'), ...tone('s=48000:d=5'), '-shortest');
    const part = await readFile(media.path('five.ts'));
    await writeFile(media.path('back.ts'), Buffer.concat([part, part]));
    const reasons: string[] = [];
    const onPartial = (reason: string) => void reasons.push(reason);
    const blocks = await listen(media.path('back.ts'), { onPartial });
    const [, seconds] = /the time stamps of its audio run backwards, by (\S+) s/.exec(reasons.join()) ?? [];
    expect(Number(seconds)).toBeGreaterThan(4.8);
    expect(Number(seconds)).toBeLessThan(5.2);
    // ffmpeg gives what runs back the next best times; windows go on over them.
    const windows = await collect(through(blocks, createWindower({ windowSeconds: 2 })));
    expect(windows.length).toBeLessThan(12);
  });

  test('that is digital silence comes as zeros', async () => {
    await media.make('silent.wav', '-f', 'lavfi', '-i', 'anullsrc=r=48000', '-t', '1');
    const { data } = join(await listen(media.path('silent.wav')));
    expect(data).toHaveLength(RATE);
    expect(data.every((value) => value === 0)).toBe(true);
  });

  describe('keeps the time of the input', () => {
    test.each([
      { name: 'late.mp4', args: ['-itsoffset', '1.5'], codec: 'aac' },
      { name: 'late.mkv', args: ['-itsoffset', '3'], codec: 'libopus' },
      { name: 'early.mkv', args: ['-itsoffset', '-0.25'], codec: 'aac' },
      { name: 'clock.ts', args: ['-itsoffset', '100'], codec: 'aac' },
    ])('of $name', async ({ name, args, codec }) => {
      await media.make(
        name,
        ...testPicture('s=32x32:r=10:d=3'),
        ...[...args, '-i', '{tone.wav}', '-map', '0:v', '-map', '1:a', '-c:a', codec],
      );
      const { frames } = (await media.probe(
        name,
        '-select_streams',
        'a:0',
        '-show_entries',
        'frame=pts_time',
      )) as {
        frames: { pts_time: string }[];
      };
      const { data, start, gaps } = join(await listen(media.path(name)));
      expect(start).toBeCloseTo(Number(frames[0]?.pts_time), 4); // a sample at 16 kHz is 6e-5 s
      expect(gaps).toEqual([]);
      expect(data.length / RATE).toBeGreaterThan(1.7);
    });

    test('across a gap, which is no silence', async () => {
      await media.make(
        'gap.mkv',
        '-i',
        '{tone.wav}',
        '-af',
        "asetpts='PTS+if(gte(T,1),3/TB,0)'",
        '-c:a',
        'pcm_s16le',
      );
      const { data, gaps, end } = join(await listen(media.path('gap.mkv')));
      expect(data).toHaveLength(2 * RATE);
      expect(gaps).toHaveLength(1);
      expect(gaps[0]!.to - gaps[0]!.from).toBeCloseTo(3, 2); // expected to be one by the line before
      expect(end).toBeCloseTo(5, 3);
    });
  });

  describe('beside video', () => {
    beforeAll(async () => {
      await media.make(
        'both.mp4',
        ...testPicture('s=64x48:r=20:d=6'),
        ...tone('s=44100:d=6'),
        ...['-shortest', '-c:a', 'aac'],
      );
    }, 60_000);
    const plan = {
      frames: { sample: { perSecond: 2 }, size: { width: 8, height: 8 } },
      audio: { sampleRate: RATE },
    } as const;

    test('comes with it, both at the times that they have', async () => {
      const chunks = await collect(decode(media.path('both.mp4'), plan));
      const frames = chunks.filter(({ type }) => type === 'video-frame');
      const sound = chunks.filter((chunk) => chunk.type === 'audio-samples');
      expect(frames.map(({ timestamp }) => timestamp)).toEqual(Array.from({ length: 12 }, (_, i) => i / 2));
      expect(join(sound)).toMatchObject({ start: 0, gaps: [], end: expect.closeTo(6, 1) });
      // Neither kind is kept back until the other has ended.
      const half = chunks.slice(0, chunks.length / 2);
      expect(new Set(half.map(({ type }) => type)).size).toBe(2);
    });

    test('comes the same every time, kind by kind', async () => {
      const run = async () =>
        (await collect(decode(media.path('both.mp4'), plan))).toSorted((a, b) =>
          a.type.localeCompare(b.type),
        );
      const first = await run();
      for (let i = 0; i < 3; i++) expect(await run()).toEqual(first);
    });

    test('is one process', async () => {
      const count = () => {
        const { stdout } = spawnSync('pgrep', ['-f', `file:${media.path('both.mp4')}`], { encoding: 'utf8' });
        return stdout.split('\n').filter((line) => line !== '').length;
      };
      const info = await probe(media.path('both.mp4'));
      const all = { ...plan, frames: { ...plan.frames, sample: 'all' } } as const;
      const counts: number[] = [];
      for await (const { type } of decode(media.path('both.mp4'), all, { info }))
        if (type === 'video-frame') counts.push(count());
      expect(Math.max(...counts)).toBe(1);
      expect(count()).toBe(0);
    });

    test('comes at several rates at once, each with its name', async () => {
      const rates = [
        { tap: 'high', sampleRate: 48_000 },
        { tap: 'low', sampleRate: 8000 },
      ] as const;
      const chunks = await collect(decode(media.path('both.mp4'), { ...plan, audio: rates }));
      for (const { tap, sampleRate } of rates) {
        const blocks = chunks
          .filter((chunk) => chunk.type === 'audio-samples')
          .filter((each) => each.tap === tap);
        expect(join(blocks).data.length / sampleRate).toBeCloseTo(6, 1);
      }
    });

    test('is held back with the pictures by a slow reader of either', async () => {
      await media.make(
        'long.mkv',
        ...testPicture('s=64x48:r=25:d=120'),
        ...[...tone('s=44100:d=120'), '-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'pcm_s16le'],
      );
      const full = { frames: { sample: 'all' }, audio: { sampleRate: RATE } } as const;
      for (const slow of ['video-frame', 'audio-samples']) {
        let decoded = 0;
        const onProgress = ({ timestamp }: { timestamp: number }) => {
          decoded = Math.max(decoded, timestamp);
        };
        let ahead = 0;
        for await (const { type, timestamp } of decode(media.path('long.mkv'), full, { onProgress })) {
          if (type !== slow) continue;
          await new Promise((resolve) => setTimeout(resolve, 5));
          ahead = Math.max(ahead, decoded - timestamp);
          if (timestamp > 20) break;
        }
        expect(ahead).toBeLessThan(8); // what fits into pipes and ffmpeg's own queues, at so few pixels
      }
    });

    test('that has ended does not keep an error of the reader back', async () => {
      await media.make(
        'soon.mkv',
        ...testPicture('s=320x240:r=25:d=60'),
        ...[...tone('s=44100:d=1'), '-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'pcm_s16le'],
      );
      const full = { frames: { sample: 'all' }, audio: { sampleRate: RATE } } as const;
      const onProgress = ({ timestamp }: { timestamp: number }) => {
        if (timestamp > 10) throw new Error('enough');
      };
      await expect(collect(decode(media.path('soon.mkv'), full, { onProgress }))).rejects.toThrow('enough');
    });

    test('that begins a minute late does not hold the pictures up', async () => {
      await media.make(
        'late60.mkv',
        ...testPicture('s=64x48:r=25:d=62'),
        ...['-itsoffset', '60', '-i', '{tone.wav}', '-map', '0:v', '-map', '1:a', '-c:v', 'libx264'],
        ...['-preset', 'ultrafast', '-c:a', 'pcm_s16le'],
      );
      const full = { frames: { sample: 'all' }, audio: { sampleRate: RATE } } as const;
      let first: number | undefined;
      let frames = 0;
      for await (const chunk of decode(media.path('late60.mkv'), full)) {
        if (chunk.type === 'video-frame') frames++;
        else first ??= chunk.timestamp;
      }
      expect(frames).toBe(62 * 25);
      expect(first).toBeCloseTo(60, 3);
    });

    test.each([
      { title: 'sound', file: 'mute.mp4', kind: 'audio', got: 'video-frame' },
      { title: 'video', file: 'tone.wav', kind: 'video', got: 'audio-samples' },
    ])('that lacks $title is told, and the other kind comes', async ({ file, kind, got }) => {
      await media.make('mute.mp4', '-i', '{both.mp4}', '-an', '-c', 'copy');
      await expect(collect(decode(media.path(file), plan))).rejects.toThrow(
        expect.objectContaining({
          code: 'ERR_INPUT',
          message: expect.stringContaining(`no ${kind}: it holds`),
        }),
      );
      const told: string[] = [];
      const chunks = await collect(
        decode(media.path(file), plan, { onMissing: (missing) => told.push(missing) }),
      );
      expect(told).toEqual([kind]);
      expect(new Set(chunks.map(({ type }) => type))).toEqual(new Set([got]));
    });

    test('that is missing with nothing else asked for is an error, whoever listens', async () => {
      await media.make('mute.mp4', '-i', '{both.mp4}', '-an', '-c', 'copy');
      await expect(listen(media.path('mute.mp4'), { onMissing: () => {} })).rejects.toThrow(
        /no audio: it holds video/,
      );
    });

    test('a broken-off file gives what there is of both, and says so', async () => {
      const whole = await readFile(media.path('both.mp4'));
      await media.make('whole.ts', '-i', '{both.mp4}', '-c', 'copy');
      const stream = await readFile(media.path('whole.ts'));
      await writeFile(media.path('cut.ts'), stream.subarray(0, stream.length / 2));
      const reasons: string[] = [];
      const info = await probe(media.path('whole.ts')); // as a container with a duration in its head would tell
      const chunks = await collect(
        decode(media.path('cut.ts'), plan, { info, onPartial: (reason) => reasons.push(reason) }),
      );
      expect(whole.length).toBeGreaterThan(0);
      expect(reasons.join()).toMatch(/its video ends at .* s of .* s; its audio ends at/);
      expect(new Set(chunks.map(({ type }) => type))).toEqual(new Set(['video-frame', 'audio-samples']));
    });
  });

  test('is taken from the stream that is named', async () => {
    await media.make(
      'two.mkv',
      ...[...tone('s=16000:d=1', '0.1'), ...tone('s=16000:d=1', '0.7')],
      ...['-map', '0', '-map', '1', '-c:a', 'pcm_f32le'],
    );
    const level = async (audioStream?: number) =>
      join(await listen(media.path('two.mkv'), { audioStream })).data[9];
    expect([await level(), await level(0), await level(1)]).toEqual([0.1, 0.1, 0.7].map(Math.fround));
    await expect(level(2)).rejects.toThrow(
      /has no audio stream 2: it holds audio \(stream 0, pcm_f32le\), audio/,
    );
  });

  test('with a cover picture is sound alone', async () => {
    await media.make('cover.png', ...testPicture('s=32x32:d=1'), '-frames:v', '1');
    await media.make(
      'covered.mp3',
      ...[
        '-i',
        '{tone.wav}',
        '-i',
        '{cover.png}',
        '-map',
        '0',
        '-map',
        '1',
        '-c:v',
        'copy',
        '-id3v2_version',
        '3',
      ],
      ...['-disposition:v', 'attached_pic'],
    );
    expect(join(await listen(media.path('covered.mp3'))).data.length / RATE).toBeCloseTo(2, 1);
  });

  test('of an MP3 whose length ffmpeg must guess is not called broken off', async () => {
    await media.make('noise.wav', '-f', 'lavfi', '-i', "aevalsrc='if(lt(t,1),random(0),0)':d=20:s=44100");
    await media.make('vbr.mp3', '-i', '{noise.wav}', '-c:a', 'libmp3lame', '-q:a', '2', '-write_xing', '0');
    expect(join(await listen(media.path('vbr.mp3'))).end).toBeCloseTo(20, 0);
  });

  test('with corrupt packets in the middle goes on behind them, and is told to be damaged', async () => {
    await media.make('long.aac', ...tone('s=44100:d=10', '0.5*sin(2*PI*440*t)+0.1*random(0)'), '-c:a', 'aac');
    await media.make('damaged.mka', '-i', '{long.aac}', '-c', 'copy');
    const file = await open(media.path('damaged.mka'), 'r+');
    const { size } = await file.stat();
    await file.write(Buffer.alloc(2000, 0xa5), 0, 2000, Math.floor(size / 2));
    await file.close();
    const reasons: string[] = [];
    const { end } = join(
      await listen(media.path('damaged.mka'), { onPartial: (reason) => reasons.push(reason) }),
    );
    expect(end).toBeGreaterThan(9.9);
    expect(reasons.join()).toMatch(/ffmpeg reported \d+ errors in it/);
    await expect(listen(media.path('damaged.mka'))).rejects.toThrow(
      expect.objectContaining({ code: 'ERR_PARTIAL_INPUT' }),
    );
  });

  test('of a WAV file whose header promises more comes as far as it goes, and is told to be broken off', async () => {
    await media.make('long.wav', ...tone('s=48000:d=5'), '-c:a', 'pcm_s16le');
    const bytes = await readFile(media.path('long.wav'));
    await writeFile(media.path('lying.wav'), bytes.subarray(0, 192_078));
    const reasons: string[] = [];
    const onPartial = (reason: string) => void reasons.push(reason);
    const { data } = join(await listen(media.path('lying.wav'), { onPartial }));
    expect(data.length / RATE).toBeCloseTo(2, 1);
    expect(reasons).toEqual([expect.stringContaining('Packet corrupt')]);
  });

  test.each([
    { name: 'as ffmpeg writes WAV into a pipe', ending: 'wav', size: 0xff_ff_ff_ffn },
    { name: 'as a recorder does', ending: 'wav', size: 0x7f_ff_ff_dbn },
    { name: 'as one does that was killed', ending: 'wav', size: 0n },
    { name: 'as ffmpeg writes CAF into a pipe', ending: 'caf', size: 0xff_ff_ff_ff_ff_ff_ff_ffn },
  ])('whose header leaves the length open, $name, is whole', async ({ ending, size }) => {
    await media.make(`told.${ending}`, ...tone('s=48000:d=2'), '-c:a', 'pcm_s16le');
    const bytes = await readFile(media.path(`told.${ending}`));
    const told = Buffer.from(bytes);
    const place = bytes.indexOf('data', 0, 'latin1') + 4;
    if (ending === 'wav') bytes.writeUInt32LE(Number(size), place);
    else bytes.writeBigUInt64BE(size, place);
    await writeFile(media.path(`open.${ending}`), bytes);
    for (const input of [media.path(`open.${ending}`), Readable.from([bytes])])
      expect(join(await listen(input)).data).toHaveLength(2 * RATE);

    const cut = told.subarray(0, 100_001);
    await writeFile(media.path(`cut.${ending}`), cut);
    for (const input of [media.path(`cut.${ending}`), Readable.from([cut])])
      await expect(listen(input)).rejects.toMatchObject({ code: 'ERR_PARTIAL_INPUT' });
  });

  test.each(['wav', 'w64', 'caf', 'aiff', 'au'])(
    'that breaks off between two packets is told from a whole one: %s',
    async (ending) => {
      const seconds = 5;
      const codec = /^a/.test(ending) ? 'pcm_s16be' : 'pcm_s16le';
      const whole = await media.make(`packets.${ending}`, ...tone(`s=48000:d=${seconds}`), '-c:a', codec);
      const { streams } = await probe(whole);
      expect(join(await listen(whole)).data).toHaveLength(seconds * RATE);
      expect(await probeMissingEnd(whole, streams)).toBeUndefined();

      const bytes = await readFile(whole);
      const headerBytes = bytes.length - seconds * 48_000 * 2; // nothing is behind the sound
      const cutBytes = 49 * 4096; // packets of ffmpeg's; to the microsecond their end is rounded up, so nothing is found there
      const cut = media.path(`cut.${ending}`);
      await writeFile(cut, bytes.subarray(0, headerBytes + cutBytes));
      const reasons: string[] = [];
      const { end } = join(await listen(cut, { onPartial: (reason) => reasons.push(reason) }));
      expect(end).toBeCloseTo(cutBytes / 96_000, 3);
      expect(reasons).toEqual([
        expect.stringMatching(
          /^\d+ bytes of its sound are missing$|^its audio ends at 2\.091 s of 5\.000 s$/,
        ),
      ]);
      const { streams: left } = await probe(cut);
      expect(await probeMissingEnd(cut, left)).toBeDefined();
    },
  );

  test('of three hours takes no more memory than that of minutes', async () => {
    await media.make('hours.flac', '-f', 'lavfi', '-i', 'sine=r=8000:d=10800');
    const blocks = decode(media.path('hours.flac'), { audio: { sampleRate: 8000 } });
    const peaks: number[] = [];
    let count = 0;
    for await (const { timestamp } of through(blocks, createWindower({ windowSeconds: 10 }))) {
      count++;
      const part = timestamp < 1080 ? 0 : 1;
      peaks[part] = Math.max(peaks[part] ?? 0, process.memoryUsage().rss);
    }
    expect(count).toBe(1080);
    expect((peaks[1]! - peaks[0]!) / 2 ** 20).toBeLessThan(64); // all of it would be 330 MiB
  });

  test('ends when it is aborted, and leaves nothing', async () => {
    await media.make('hour.flac', '-f', 'lavfi', '-i', 'anullsrc=r=8000:cl=mono', '-t', '3600');
    const controller = new AbortController();
    const blocks = decode(
      media.path('hour.flac'),
      { audio: { sampleRate: 8000 } },
      { signal: controller.signal },
    );
    await blocks.next();
    controller.abort();
    await expect(blocks.next()).rejects.toMatchObject({ name: 'AbortError' });
    const { stdout } = spawnSync('pgrep', ['-f', `file:${media.path('hour.flac')}`], { encoding: 'utf8' });
    expect(stdout).toBe('');
  });

  test('is part of the command that is shown', async () => {
    const { args } = await describeDecode(media.path('tone.wav'), { audio: { sampleRate: 48_000 } });
    expect(args.join(' ')).toContain(
      'pan=args=mono|c0=1.000000000000*c0,aresample=sample_rate=48000:resampler=swr:filter_size=64',
    );
    expect(args.at(-1)).toBe('pipe:1');
  });

  test.each([
    [{}, /the plan is empty/],
    [{ audio: { sampleRate: 10 } }, /sampleRate/],
    [{ audio: [] }, /audio/],
    [
      { frames: { sample: 'all', tap: 'x' }, audio: { tap: 'x', sampleRate: RATE } },
      /two entries .* are called x/,
    ],
  ] as const)('refuses the plan %j', (plan, message) => {
    expect(() => decode('film.mp4', plan)).toThrow(message);
  });
});

describeWithShared('sound of a film', (shared) => {
  test("in Vorbis comes without a gap, though its packets' times waver", async () => {
    const { gaps, end } = join(await listen(`${shared}/media/big-buck-bunny-30s.webm`));
    expect(gaps).toEqual([]);
    expect(end).toBeCloseTo(30.02, 2);
  });
});
