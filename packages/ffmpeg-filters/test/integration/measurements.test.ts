import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { collect, type Measurement } from '@deepffmpeg/core';
import { describeWithFfmpeg, testPicture } from '@deepffmpeg/test-kit';
import { afterEach, beforeAll, expect, test } from 'vitest';
import {
  type DecodeOptions,
  type DecodePlan,
  decode,
  describeDecode,
  findFfmpeg,
  type MeasuringFilterName,
} from '../../src/index.js';

const everyFilter: readonly MeasuringFilterName[] = [
  ...(['scdet', 'blackdetect', 'freezedetect', 'cropdetect', 'signalstats', 'idet'] as const),
  ...(['blurdetect', 'bitplanenoise'] as const),
  ...(['silencedetect', 'astats', 'aphasemeter', 'ebur128'] as const),
];
const planOf = (...filters: MeasuringFilterName[]) => ({
  measurements: filters.map((filter) => ({ filter })),
});
const measure = (path: string, filters: MeasuringFilterName[], options: DecodeOptions = {}) =>
  collect(decode(path, planOf(...filters), options));
const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '25', '-bf', '2'];
const sound = (expression: string, settings = 's=48000') => [
  '-f',
  'lavfi',
  '-i',
  `aevalsrc='${expression}':${settings}`,
];
const timesOf = (chunks: readonly Measurement[], filter: MeasuringFilterName) =>
  chunks.filter((chunk) => chunk.filter === filter).map(({ timestamp }) => timestamp);

/** Ids of this process's children that are ffmpeg. */
function children(): string[] {
  const table = execFileSync('ps', ['-A', '-o', 'ppid=,comm='], { encoding: 'utf8' });
  return table
    .split('\n')
    .filter((line) => Number(line.trim().split(/\s+/)[0]) === process.pid && /ffmpeg/.test(line));
}

describeWithFfmpeg('measurements', (media) => {
  let film = '';
  beforeAll(async () => {
    film = await media.make(
      'film.mkv',
      ...testPicture('s=640x360:r=25:d=4'),
      ...sound('0.5*sin(2*PI*440*t)|0.5*sin(2*PI*440*t)', 's=48000:d=4'),
      ...[...x264, '-c:a', 'pcm_s16le'],
    );
  }, 60_000);
  afterEach(() => expect(children()).toEqual([]));

  test('of every filter come from one process, beside frames and sound', async () => {
    const plan = {
      ...planOf(...everyFilter),
      frames: { sample: { perSecond: 1 }, size: { width: 8, height: 8 } },
      audio: { sampleRate: 16_000 },
    } as const;
    const chunks = await collect(decode(film, plan));
    const count = (filter: string) =>
      chunks.filter((chunk) => chunk.type === 'measurement' && chunk.filter === filter).length;
    expect(Object.fromEntries(everyFilter.map((filter) => [filter, count(filter)]))).toEqual({
      ...{ scdet: 100, blackdetect: 100, freezedetect: 100, cropdetect: 100, signalstats: 100, idet: 100 },
      ...{ blurdetect: 8, bitplanenoise: 8 },
      ...{ silencedetect: 200, astats: 200, aphasemeter: 200, ebur128: 40 },
    });
    expect(chunks.filter(({ type }) => type === 'video-frame')).toHaveLength(4);
    const samples = chunks.flatMap((chunk) => (chunk.type === 'audio-samples' ? [chunk.data.length] : []));
    expect(samples.reduce((a, b) => a + b)).toBe(64_000);
    const { args } = await describeDecode(film, plan);
    expect(args.filter((arg) => arg === '-i')).toHaveLength(1);
  });

  test('of cut-up sound never stop ffmpeg, beside the sound itself and frames that are rare', async () => {
    await media.make(
      'slow.mkv',
      ...testPicture('s=64x48:r=1/5:d=30'),
      ...sound('0.5*sin(2*PI*440*t)|0.5*sin(2*PI*440*t)', 's=48000:d=60'),
      ...[...x264, '-c:a', 'flac'],
    );
    const plan = {
      ...planOf(...everyFilter),
      frames: [
        { tap: 'all', sample: 'all', size: { width: 8, height: 8 } },
        { tap: 'rare', sample: { perSecond: 0.1 }, size: { width: 8, height: 8 } },
      ],
      audio: [
        { tap: 'high', sampleRate: 48_000 },
        { tap: 'low', sampleRate: 8000 },
      ],
    } as const;
    const chunks = await collect(
      decode(media.path('slow.mkv'), plan, { signal: AbortSignal.timeout(20_000) }),
    );
    const counts: Record<string, number> = {};
    for (const chunk of chunks) {
      const name = chunk.type === 'measurement' ? chunk.filter : chunk.tap;
      counts[name] = (counts[name] ?? 0) + (chunk.type === 'audio-samples' ? chunk.data.length : 1);
    }
    expect(counts).toMatchObject({ all: 6, rare: 3, scdet: 6, astats: 3000, ebur128: 600 });
    expect(counts).toMatchObject({ high: 60 * 48_000, low: 60 * 8000 });
    // Where ffmpeg is one that several graphs would not stop: there is one.
    const { args } = await describeDecode(media.path('slow.mkv'), plan);
    expect(args.filter((arg) => arg.startsWith('[0:1]'))).toHaveLength(1);
  });

  test.each([
    {
      name: 'vfr.mkv',
      args: ['-vf', "select='not(mod(n,3))+lt(n,20)',setpts=PTS+gt(N\\,30)*0.777/TB", '-fps_mode', 'vfr'],
    },
    {
      name: 'before-zero.ts',
      args: ['-copyts', '-avoid_negative_ts', 'disabled', '-output_ts_offset', '-1.5'],
    },
    { name: 'late.mp4', args: ['-output_ts_offset', '2.5'] },
    { name: 'far.ts', args: ['-output_ts_offset', '90000'] },
  ])('have the times and lengths of the frames, exactly: $name', async ({ name, args }) => {
    await media.make(name, ...testPicture('s=160x90:r=30000/1001:d=3'), ...args, ...x264);
    const frames = await collect(
      decode(media.path(name), { frames: { sample: 'all', size: { width: 8, height: 8 } } }),
    );
    const measured = await measure(media.path(name), ['scdet']);
    expect(measured.length).toBeGreaterThan(20);
    const place = ({ timestamp, durationSeconds }: { timestamp: number; durationSeconds: number }) => [
      timestamp,
      durationSeconds,
    ];
    expect(measured.map(place)).toEqual(
      frames.map(place).map((pair) => pair.map((value) => expect.closeTo(value, 9))),
    );
  });

  test('of sound have its own times to the sample, also far from 0', async () => {
    const quiet = 'if(between(t,1,2.5),0,0.5*sin(2*PI*440*t))';
    await media.make(
      'far.mka',
      ...sound(quiet, 's=48000:d=4'),
      '-c:a',
      'pcm_s16le',
      '-output_ts_offset',
      '95443.7',
    );
    const chunks = await measure(media.path('far.mka'), ['silencedetect', 'astats', 'ebur128']);
    expect(timesOf(chunks, 'astats')[0]).toBeCloseTo(95443.7, 6);
    const marks = chunks.flatMap(({ values: { silenceStartSeconds, silenceEndSeconds } }) => [
      silenceStartSeconds,
      silenceEndSeconds,
    ]);
    expect(marks.filter((mark) => mark !== undefined)).toEqual([
      expect.closeTo(95444.7, 2), // a sample near 0 may go before
      expect.closeTo(95446.2, 2),
    ]);
    const blocks = chunks.filter(({ filter }) => filter === 'astats');
    const seconds = blocks.reduce((sum, { durationSeconds }) => sum + durationSeconds, 0);
    expect(seconds).toBeCloseTo(4, 6);
  });

  test('tell what is black, repeated, bordered, silent and loud', async () => {
    await media.make(
      'told.mkv',
      ...['-f', 'lavfi', '-i', 'testsrc2=s=640x270:r=25:d=1,pad=640:360:0:45'],
      ...['-f', 'lavfi', '-i', 'color=black:s=640x360:r=25:d=1'],
      ...['-filter_complex', '[0][1]concat', ...x264],
    );
    const chunks = await measure(media.path('told.mkv'), [
      'blackdetect',
      'freezedetect',
      'cropdetect',
      'scdet',
    ]);
    const at = (filter: string, frame: number) =>
      chunks.filter((chunk) => chunk.filter === filter)[frame]?.values;
    expect(at('blackdetect', 24)).toEqual({ isBlack: 0 });
    expect(at('blackdetect', 25)).toEqual({ isBlack: 1 });
    expect(at('freezedetect', 10)).toEqual({ isRepeated: 0 });
    expect(at('freezedetect', 40)).toEqual({ isRepeated: 1 });
    const { topShare = 0, bottomShare = 0, leftShare } = at('cropdetect', 10) ?? {};
    expect([topShare, bottomShare]).toEqual([0.125, 0.125].map((share) => expect.closeTo(share, 1)));
    expect(leftShare).toBe(0);
    expect(at('scdet', 25)?.['sceneScore']).toBeGreaterThan(0.3);
  });

  test("scdet's score is that of ffmpeg's scene filter", async () => {
    await media.make(
      'cuts.mkv',
      ...testPicture('s=320x180:r=25:d=2'),
      '-vf',
      'hue=s=if(gte(n\\,20)\\,0\\,1):b=if(gte(n\\,30)\\,4\\,0)',
      ...x264,
    );
    const scores = (await measure(media.path('cuts.mkv'), ['scdet'])).map(
      ({ values }) => values['sceneScore'] ?? 0,
    );
    for (const threshold of [0.05, 0.2]) {
      const frames = await collect(
        decode(media.path('cuts.mkv'), {
          frames: { sample: { sceneThreshold: threshold }, size: { width: 8, height: 8 } },
        }),
      );
      expect(scores.filter((score) => score > threshold).length).toBe(frames.length);
    }
  });

  test('take options, and begin anew where the picture changes its size', async () => {
    const noisy = sound('0.02*sin(2*PI*440*t)', 's=48000:d=2');
    await media.make('quiet.wav', ...noisy);
    const isSilent = async (noise: string) => {
      const plan = { measurements: { filter: 'silencedetect', options: { noise, d: 0.1 } } } as const;
      return (await collect(decode(media.path('quiet.wav'), plan))).at(-1)?.values['isSilent'];
    };
    expect([await isSilent('-30dB'), await isSilent('-40dB')]).toEqual([1, 0]);

    await media.make('small.ts', '-f', 'lavfi', '-i', 'color=black:s=160x90:r=25:d=1', ...x264);
    await media.make('large.ts', ...testPicture('s=320x240:r=25:d=1'), ...x264, '-output_ts_offset', '1');
    const parts = await Promise.all(['small.ts', 'large.ts'].map((name) => readFile(media.path(name))));
    await writeFile(media.path('grows.ts'), Buffer.concat(parts));
    const black = (await measure(media.path('grows.ts'), ['blackdetect'], { onPartial: () => {} })).map(
      ({ values }) => values['isBlack'],
    );
    expect(black).toHaveLength(50);
    expect([black[20], black[30]]).toEqual([1, 0]);
  });

  test("what an input says in frames' metadata cannot pass for a measurement", async () => {
    await media.make('tagged.png', ...testPicture('s=64x64:d=1'), '-frames:v', '1');
    const png = await readFile(media.path('tagged.png'));
    const text = Buffer.from(
      'tEXtComment\0' + '999\nframe:7    pts:5      pts_time:5\nlavfi.black_start=1',
      'latin1',
    );
    const chunk = Buffer.alloc(text.length + 8);
    chunk.writeUInt32BE(text.length - 4);
    text.copy(chunk, 4);
    chunk.writeUInt32BE(crc32(text), chunk.length - 4);
    await writeFile(media.path('hostile.png'), Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)]));
    const chunks = await measure(media.path('hostile.png'), ['scdet', 'blackdetect'], {
      formats: ['png_pipe', 'image2'],
    });
    expect(chunks.map(({ values }) => values)).toEqual([
      { sceneScore: 0, changeMeanLevels: 0 },
      { isBlack: 0 },
    ]);
  });

  test.each([
    { title: 'one picture', args: [...testPicture('s=64x64:r=25:d=1'), '-frames:v', '1'], frames: 1 },
    {
      title: 'a picture of two pixels',
      args: ['-f', 'lavfi', '-i', 'color=red:s=2x2:r=25:d=0.2'],
      frames: 5,
    },
    { title: 'a very wide picture', args: [...testPicture('s=2000x2:r=25:d=0.2')], frames: 5 },
    {
      title: 'a tall picture of 10 bits',
      args: [...testPicture('s=90x640:r=25:d=0.2'), '-pix_fmt', 'yuv422p10le'],
      frames: 5,
    },
  ])('of $title', async ({ args, frames }) => {
    await media.make('odd.mkv', ...args, '-c:v', 'ffv1');
    const chunks = await measure(media.path('odd.mkv'), [...everyFilter], { onMissing: () => {} }).catch(
      (error) => error,
    );
    expect(chunks).toBeInstanceOf(Array);
    expect(timesOf(chunks, 'signalstats')).toHaveLength(frames);
    expect(timesOf(chunks, 'idet')).toHaveLength(frames);
  });

  test("sound whose decoder names no layout of channels is measured as of ffmpeg's usual one", async (context) => {
    const { path } = await findFfmpeg();
    if (!execFileSync(path, ['-hide_banner', '-encoders'], { encoding: 'utf8' }).includes('libspeex'))
      context.skip('this ffmpeg writes no Speex');
    const speex = ['-ac', '1', '-c:a', 'libspeex'];
    await media.make('voice.spx', ...sound('0.3*sin(880*t)', 's=16000:d=2'), ...speex);
    expect(await measure(media.path('voice.spx'), ['ebur128', 'astats'])).not.toEqual([]);
  });

  test('that need a stream which is not there are told as missing', async () => {
    await media.make('mute.mkv', '-i', '{film.mkv}', '-an', '-c', 'copy');
    await expect(measure(media.path('mute.mkv'), ['scdet', 'ebur128'])).rejects.toThrow(
      /no audio: it holds video/,
    );
    const told: string[] = [];
    const chunks = await measure(media.path('mute.mkv'), ['scdet', 'ebur128'], {
      onMissing: (kind) => told.push(kind),
    });
    expect(told).toEqual(['audio']);
    expect(new Set(chunks.map(({ filter }) => filter))).toEqual(new Set(['scdet']));
  });

  test('of a broken-off or damaged input come as far as it goes, and it is told once', async () => {
    await media.make('whole.ts', '-i', '{film.mkv}', '-c:v', 'copy', '-c:a', 'aac');
    const bytes = await readFile(media.path('whole.ts'));
    await writeFile(media.path('twice.ts'), Buffer.concat([bytes, bytes]));
    const reasons: string[] = [];
    const chunks = await measure(media.path('twice.ts'), ['scdet', 'signalstats', 'idet', 'astats'], {
      onPartial: (reason) => reasons.push(reason),
    });
    expect(timesOf(chunks, 'scdet').length).toBeGreaterThan(150);
    expect(reasons).toHaveLength(1);
    expect(reasons[0]?.match(/time stamps of its video run backwards/g)).toHaveLength(1);
    await expect(measure(media.path('twice.ts'), ['scdet'])).rejects.toMatchObject({
      code: 'ERR_PARTIAL_INPUT',
    });
  });

  test('do not wait for sound that begins late', async () => {
    await media.make(
      'late60.mkv',
      ...testPicture('s=64x48:r=25:d=62'),
      ...[
        '-itsoffset',
        '60',
        '-f',
        'lavfi',
        '-i',
        'sine=d=2',
        '-map',
        '0:v',
        '-map',
        '1:a',
        ...x264,
        '-c:a',
        'pcm_s16le',
      ],
    );
    const chunks = await measure(media.path('late60.mkv'), ['scdet', 'ebur128', 'astats']);
    expect(timesOf(chunks, 'scdet')).toHaveLength(62 * 25);
    expect(timesOf(chunks, 'astats')[0]).toBeCloseTo(60, 2);
  });

  test('of a stream come while it is on its way, those of a file in larger pieces', async () => {
    const bytes = await readFile(film);
    let measured = () => {};
    const first = new Promise<void>((resolve) => {
      measured = resolve;
    });
    const live = async function* () {
      yield bytes.subarray(0, -1000);
      await first;
      yield bytes.subarray(-1000);
    };
    const chunks = decode(Readable.from(live()), planOf('scdet'), {
      signal: AbortSignal.timeout(20_000),
    });
    const { value } = await chunks.next();
    measured();
    expect(value).toMatchObject({ type: 'measurement', timestamp: 0 });
    const stream = await collect(chunks);
    const file = await measure(film, ['scdet']);
    expect(stream.length + 1).toBe(file.length);
    const { args } = await describeDecode(film, planOf('scdet', 'blurdetect'));
    const prints = args.flatMap((arg) => /metadata=mode=print:.*direct=([01])/.exec(arg)?.[1] ?? []);
    expect(prints).toEqual(['0', '1']); // the middle of pictures says little, and would come minutes late
  });

  test('hold ffmpeg back for a slow reader, and end when they are aborted or broken off', async () => {
    await media.make('long.mkv', ...testPicture('s=64x48:r=25:d=600'), ...x264);
    for await (const _ of decode(media.path('long.mkv'), planOf(...everyFilter), { onMissing: () => {} }))
      break;
    expect(children()).toEqual([]);
    const controller = new AbortController();
    const chunks = decode(media.path('long.mkv'), planOf('scdet', 'idet'), { signal: controller.signal });
    await chunks.next();
    await sleep(500);
    const { value } = await chunks.next();
    expect(value?.timestamp).toBeLessThan(1);
    controller.abort();
    await expect(chunks.next()).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('of filters that this ffmpeg lacks, or that are asked for wrongly, are refused', async () => {
    const bare = await media.make('bare.mkv', ...testPicture('s=64x48:d=1'));
    const poor = media.path('poor-ffmpeg');
    const script = `#!/bin/sh\ncase "$*" in *-filters*) ffmpeg "$@" | grep -v cropdetect;; *) exec ffmpeg "$@";; esac\n`;
    await writeFile(poor, script, { mode: 0o755 });
    const ffmpeg = { path: poor, ffprobePath: 'ffprobe', version: '5.1', major: 5, hasZscale: true };
    await expect(measure(bare, ['cropdetect'], { ffmpeg })).rejects.toThrow(/built without cropdetect/);
    expect(() => decode(bare, planOf('scdet', 'scdet'))).toThrow(/asks for scdet twice/);
    const fixed = { measurements: { filter: 'ebur128', options: { metadata: 0 } } } as const;
    expect(() => decode(bare, fixed)).toThrow(/ebur128: metadata is not free/);
    const unknown = { measurements: { filter: 'scdet', options: { nonsense: 1 } } } as const;
    const refused = (plan: DecodePlan, message: RegExp) =>
      expect(collect(decode(bare, plan))).rejects.toMatchObject({
        code: 'ERR_INVALID_OPTIONS',
        message: expect.stringMatching(message),
      });
    await refused(unknown, /the options of scdet: .*nonsense/s);
    await refused({ measurements: { filter: 'scdet', options: { threshold: 'abc' } } }, /abc/);
    await refused({ measurements: { filter: 'scdet', options: { threshold: 900 } } }, /out of range/);
  });

  test('of two channels are not to be had of one', async () => {
    const one = await media.make('one.wav', '-f', 'lavfi', '-i', 'sine=d=1');
    await expect(measure(one, ['aphasemeter'])).rejects.toMatchObject({
      code: 'ERR_INPUT',
      message: expect.stringContaining('no sound of two channels'),
    });
    expect(new Set((await measure(one, ['aphasemeter', 'astats'])).map(({ filter }) => filter))).toEqual(
      new Set(['astats']),
    );
  });
});

/** As PNG has it. */
function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
