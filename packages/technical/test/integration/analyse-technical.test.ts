import { readFileSync } from 'node:fs';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findFfmpeg } from '@deepffmpeg/ffmpeg-filters';
import { describeWithFfmpeg, describeWithShared } from '@deepffmpeg/test-kit';
import { describe, expect, test } from 'vitest';
import { analyseTechnical, makeAnalysisDocument, scenesOf, type TechnicalAnalysis } from '../../src/index.js';

describeWithFfmpeg('an analysis', (media) => {
  const lavfi = (graph: string) => ['-f', 'lavfi', '-i', graph];
  const lossless = ['-c:v', 'ffv1', '-c:a', 'pcm_s16le'];

  test('tells shots, events, sound and pictures of one input, from one decode', async () => {
    const path = await media.make(
      'both.mkv',
      ...lavfi('testsrc=s=320x180:r=25:d=3'),
      ...lavfi('color=black:s=320x180:r=25:d=2'),
      ...lavfi("aevalsrc='if(between(t,1,2),0,0.3*sin(2*PI*440*t))':s=48000:d=5"),
      ...['-filter_complex', '[0:v][1:v]concat=n=2:v=1[v]', '-map', '[v]', '-map', '2:a', ...lossless],
    );
    const progress: number[] = [];
    const analysis = await analyseTechnical(path, {
      onProgress: ({ timestamp }) => progress.push(timestamp),
    });
    expect(analysis).toMatchObject({
      source: path,
      shotRule: 'adaptive',
      picture: { frames: 125 },
      sound: { silentSeconds: expect.closeTo(1, 1) },
      hints: { audioClass: 'Professional' },
      metadata: { packets: { frameCount: 125 } },
    });
    expect(analysis.events.map(({ kind, timestamp }) => [kind, Math.round(timestamp)])).toEqual(
      expect.arrayContaining([
        ['silence', 1],
        ['black', 3],
      ]),
    );
    const times = analysis.events.map(({ timestamp }) => timestamp);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(analysis.shots[0]).toMatchObject({ startFrame: 0, kind: 'start' });
    expect(analysis.production.reasons.length).toBeGreaterThan(5);
    expect(progress.length).toBeGreaterThan(0);
  });

  describe('of what it does not have', () => {
    test('sound alone has no shots and no picture', async () => {
      const path = await media.make('sound.wav', ...lavfi('sine=d=2'));
      const analysis = await analyseTechnical(path);
      expect(analysis).toMatchObject({ shots: [], picture: undefined, metadata: { packets: undefined } });
      expect(analysis.sound?.integratedLufs).toBeLessThan(0);
    });

    test('pictures alone have no sound, and no moments', async () => {
      const path = await media.make('silent.mkv', ...lavfi('testsrc=s=64x64:r=10:d=1'), '-c:v', 'ffv1');
      const analysis = await analyseTechnical(path, { shotRule: 'content', sceneThreshold: 0.5 });
      expect(analysis).toMatchObject({ sound: undefined, actionMoments: [], shots: [{ endFrame: 10 }] });
    });

    test('a single frame, and a tenth of a second', async () => {
      const frame = await media.make(
        'frame.mkv',
        ...lavfi('testsrc=s=64x64:r=25'),
        '-frames:v',
        '1',
        '-c:v',
        'ffv1',
      );
      expect(await analyseTechnical(frame)).toMatchObject({ shots: [{ startFrame: 0, endFrame: 1 }] });
      const short = await media.make('short.wav', ...lavfi('sine=d=0.1'));
      expect(await analyseTechnical(short)).toMatchObject({ sound: { integratedLufs: undefined } });
    });

    test('a file cut off is told, or fails', async () => {
      const path = await media.make('whole.mkv', ...lavfi('testsrc=s=320x180:r=25:d=4'), '-c:v', 'ffv1');
      const cut = media.path('cut.mkv');
      const bytes = readFileSync(path);
      await writeFile(cut, bytes.subarray(0, bytes.length / 2));
      await expect(analyseTechnical(cut)).rejects.toMatchObject({ code: 'ERR_PARTIAL_INPUT' });
      const reasons: string[] = [];
      const analysis = await analyseTechnical(cut, { onPartial: (reason) => reasons.push(reason) });
      expect(reasons).toHaveLength(1);
      expect(analysis.shots).toHaveLength(1);
    });
  });

  describe('of pictures that change their size', () => {
    const moving = 'testsrc2=s=640x360:r=25:d=6';
    const part = (cut: string, size: string) => lavfi(`${moving},${cut},setpts=PTS-STARTPTS,scale=${size}`);
    const still = (size: string) => lavfi(`${moving},trim=end_frame=1,loop=74:1,scale=${size}`);
    /** The parts in a row, with a sound that is silent from 2 s to 4 s. */
    const film = async (name: string, ...parts: readonly (readonly string[])[]) => {
      const pictures: Buffer[] = [];
      for (const [i, input] of parts.entries())
        pictures.push(readFileSync(await media.make(`${i}.mjpeg`, ...input, '-q:v', '2')));
      await writeFile(media.path('all.mjpeg'), Buffer.concat(pictures));
      return media.make(
        name,
        ...['-framerate', '25', '-i', '{all.mjpeg}'],
        ...lavfi("aevalsrc='if(between(t,2,4),0,0.3*sin(2*PI*440*t))':s=48000:d=6"),
        ...['-map', '0', '-map', '1', '-c:v', 'copy', '-c:a', 'pcm_s16le'],
      );
    };
    const placesOf = (found: readonly { readonly timestamp: number; readonly durationSeconds: number }[]) =>
      found.map(({ timestamp, durationSeconds }) => [timestamp, durationSeconds]);
    const spansOf = ({ events }: TechnicalAnalysis, kind: string) =>
      placesOf(events.filter((event) => event.kind === kind));
    const near = (...seconds: number[]) => seconds.map((each) => expect.closeTo(each, 1));

    test('a motion that goes on is one shot, however often, and all the time of it', async () => {
      const path = await film(
        'often.mkv',
        part('trim=end=1', '160x90'),
        part('trim=start=1:end=2', '320x240'),
        part('trim=start=2:end=4', '64x64'),
        part('trim=start=4', '640x360'),
      );
      const analysis = await analyseTechnical(path);
      expect(analysis.shots).toMatchObject([
        { startFrame: 0, endFrame: 150, timestamp: 0, durationSeconds: expect.closeTo(6, 2) },
      ]);
      expect(analysis.picture).toMatchObject({ frames: 150, durationSeconds: expect.closeTo(6, 2) });
      expect(spansOf(analysis, 'silence')).toEqual([near(2, 2)]);
      expect(analysis.sound?.durationSeconds).toBeCloseTo(6, 2);
    });

    test.each(['adaptive', 'content'] as const)('another picture is one cut: %s', async (shotRule) => {
      const other = lavfi('mandelbrot=s=640x360:r=25:end_pts=75,trim=end_frame=75');
      const path = await film('cut.mkv', part('trim=end=3', '320x180'), other);
      const { shots } = await analyseTechnical(path, { shotRule });
      expect(shots).toMatchObject([
        { startFrame: 0, endFrame: 75, kind: 'start' },
        { startFrame: 75, endFrame: 150, kind: 'cut' },
      ]);
      expect(placesOf(shots)).toEqual([near(0, 3), near(3, 3)]);
    });

    test('black and a still picture go on', async () => {
      const black = (size: string) => lavfi(`color=black:s=${size}:r=25:d=3`);
      const dark = await analyseTechnical(await film('black.mkv', black('320x180'), black('640x360')));
      expect(spansOf(dark, 'black')).toEqual([near(0, 6)]);
      expect(dark.shots).toMatchObject([{ startFrame: 0, endFrame: 150 }]);
      const frozen = await analyseTechnical(await film('still.mkv', still('320x180'), still('640x360')));
      expect(spansOf(frozen, 'frozen')).toEqual([near(0, 6)]);
      expect(frozen.shots).toMatchObject([{ startFrame: 0, endFrame: 150 }]);
    });

    test('two still pictures are frozen twice', async () => {
      const other = lavfi('mandelbrot=s=640x360:r=25,trim=end_frame=1,loop=74:1');
      const analysis = await analyseTechnical(await film('stills.mkv', still('320x180'), other));
      expect(spansOf(analysis, 'frozen')).toEqual([near(0, 3), near(3, 3)]);
    });
  });

  describe('of times that are none', () => {
    const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac'];
    const twice = async (name: string, offset: string) => {
      const sound = [...lavfi('sine=d=3:f=880'), ...x264];
      await media.make('first.ts', ...lavfi('testsrc2=s=320x180:r=25:d=3'), ...sound);
      const other = lavfi('mandelbrot=s=320x180:r=25:end_pts=75,trim=end_frame=75');
      await media.make('second.ts', ...other, ...sound, '-output_ts_offset', offset);
      const parts = ['first.ts', 'second.ts'].map((part) => readFileSync(media.path(part)));
      await writeFile(media.path(name), Buffer.concat(parts));
      return media.path(name);
    };
    const framesOf = ({ shots }: TechnicalAnalysis) =>
      shots.map(({ startFrame, endFrame }) => [startFrame, endFrame]);

    test('that jump back are told, and every frame is in one shot', async () => {
      const path = await twice('back.ts', '0');
      await expect(analyseTechnical(path)).rejects.toMatchObject({ code: 'ERR_PARTIAL_INPUT' });
      const reasons: string[] = [];
      const analysis = await analyseTechnical(path, { onPartial: (reason) => reasons.push(reason) });
      expect(reasons).toEqual([expect.stringMatching(/video run backwards.*audio run backwards/)]);
      expect(framesOf(analysis)).toEqual([
        [0, 75],
        [75, 150],
      ]);
      const timed = [...analysis.shots, ...analysis.events];
      expect(timed.filter(({ durationSeconds }) => !(durationSeconds >= 0))).toEqual([]);
      expect(analysis.picture?.frames).toBe(150);
      expect(analysis.sound?.durationSeconds).toBeCloseTo(3, 0);
    });

    test('that jump forward leave the gap to the frame before it', async () => {
      const analysis = await analyseTechnical(await twice('forward.ts', '1000'));
      expect(framesOf(analysis)).toEqual([
        [0, 75],
        [75, 150],
      ]);
      expect(analysis.shots.map(({ durationSeconds }) => Math.round(durationSeconds))).toEqual([1000, 3]);
    });

    test('zero frames, zero samples and nothing at all are no media', async () => {
      await writeFile(media.path('none.y4m'), 'YUV4MPEG2 W16 H16 F25:1 Ip A1:1 C420jpeg\n');
      await media.make('none.wav', ...lavfi('sine=d=1'), '-t', '0');
      await writeFile(media.path('none.mkv'), '');
      for (const name of ['none.y4m', 'none.wav', 'none.mkv']) {
        const analysing = analyseTechnical(media.path(name), { onPartial: () => {} });
        await expect(analysing, name).rejects.toMatchObject({ code: 'ERR_INPUT' });
      }
      const fast = await analyseTechnical(media.path('none.y4m'), { isFast: true });
      expect(fast).toMatchObject({ shots: [], metadata: { packets: { packetCount: 0 } } });
    });

    test('a stream without a packet beside a whole one is told', async () => {
      const made = [...lavfi('testsrc2=s=64x64:r=25:d=1'), ...lavfi('sine=d=1'), ...lossless];
      const path = await media.make('half.mkv', ...made, '-bsf:a', 'noise=drop=1');
      const reasons: string[] = [];
      const analysis = await analyseTechnical(path, { onPartial: (reason) => reasons.push(reason) });
      expect(reasons).toEqual(['nothing of its audio can be decoded']);
      expect(analysis).toMatchObject({
        sound: undefined,
        shots: [{ endFrame: 25 }],
        picture: { frames: 25 },
      });
    });

    test.each([
      { title: 'all at one time', name: 'zero.nut', args: ['-vf', 'setpts=0', '-fps_mode', 'passthrough'] },
      { title: 'of a still picture', name: 'still.png', args: ['-frames:v', '1', '-c:v', 'png'] },
    ])('frames $title are one shot, and no number is none', async ({ name, args }) => {
      const path = await media.make(name, ...lavfi('testsrc2=s=64x64:r=25:d=0.2'), '-c:v', 'ffv1', ...args);
      const analysis = await analyseTechnical(path);
      expect(analysis.shots).toHaveLength(1);
      expect(analysis.events).toEqual([]);
      expect(JSON.stringify(analysis, (_, value) => (Number.isNaN(value) ? 'NaN' : value))).not.toMatch(
        /NaN/,
      );
    });
  });

  test('without decoding, keyframes are all that is known of shots', async () => {
    const path = await media.make(
      'keys.mkv',
      ...lavfi('testsrc=s=64x64:r=25:d=4'),
      ...['-c:v', 'mpeg4', '-g', '50', '-sc_threshold', '1000000000'],
    );
    const analysis = await analyseTechnical(path, { isFast: true });
    expect(analysis.shots.map(({ startFrame }) => startFrame)).toEqual([0, 50]);
    expect(analysis).toMatchObject({
      shotRule: 'keyframes',
      events: [],
      sound: undefined,
      picture: undefined,
    });
  });

  test('settings that contradict each other, and what is no media, are refused', async () => {
    const refused = { code: 'ERR_INVALID_OPTIONS' };
    await expect(analyseTechnical('x', { isFast: true, shotRule: 'adaptive' })).rejects.toMatchObject(
      refused,
    );
    await expect(analyseTechnical('x', { sceneThreshold: 0.2 })).rejects.toMatchObject(refused);
    await expect(analyseTechnical('x', { isFast: true, sceneThreshold: 0.2 })).rejects.toMatchObject(refused);
    await expect(analyseTechnical(media.path('none.mkv'))).rejects.toMatchObject({ code: 'ERR_INPUT' });
  });

  test('an abort ends it, and nothing is left', async () => {
    const path = await media.make('long.mkv', ...lavfi('testsrc=s=320x180:r=25:d=20'), '-c:v', 'ffv1');
    const controller = new AbortController();
    const running = analyseTechnical(path, {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('packets that cannot be read while frames are decoded are told, and nothing else is', async () => {
    const path = await media.make('scanned.mkv', ...lavfi('testsrc=s=320x180:r=25:d=3'), '-c:v', 'ffv1');
    const found = await findFfmpeg();
    const ffprobePath = media.path('scanning');
    const fails = 'case "$*" in *packet*) echo broken >&2; exit 1;; esac';
    await writeFile(ffprobePath, `#!/bin/sh\n${fails}\nexec '${found.ffprobePath}' "$@"\n`);
    await chmod(ffprobePath, 0o755);
    const unheard: unknown[] = [];
    const listen = (reason: unknown) => unheard.push(reason);
    process.on('unhandledRejection', listen);
    try {
      const running = analyseTechnical(path, { ffmpeg: { ...found, ffprobePath } });
      await expect(running).rejects.toThrow(/broken/);
    } finally {
      process.off('unhandledRejection', listen);
    }
    expect(unheard).toEqual([]);
  });

  test('an error does not wait until all packets are read', async () => {
    const path = await media.make('slow.mkv', ...lavfi('testsrc=s=320x180:r=25:d=3'), '-c:v', 'ffv1');
    const found = await findFfmpeg();
    const ffprobePath = media.path('slowly');
    const waits = 'case "$*" in *packet*) exec sleep 600;; esac';
    await writeFile(ffprobePath, `#!/bin/sh\n${waits}\nexec '${found.ffprobePath}' "$@"\n`);
    await chmod(ffprobePath, 0o755);
    const running = analyseTechnical(path, {
      ffmpeg: { ...found, ffprobePath },
      onProgress: () => {
        throw new Error('enough');
      },
    });
    await expect(running).rejects.toThrow('enough');
  });

  describeWithShared('of real films', (shared) => {
    /** What the original's probe heard beside its second, and silence to half a millisecond, since it reads 16 bits. */
    const KNOWN = [
      ['action_moments/1/intensity', 0.7867, 0.696],
      ['action_moments/1/max_volume', -6.4, -9.1],
      ['action_moments/3/time', 21.7684, 21.76815],
      ['action_moments/3/intensity', 0.18844, 0.18854],
      ['action_moments/3/duration', 0.9422, 0.9427],
    ] as const;

    test.each(['big-buck-bunny-30s.webm', 'car-detection.mp4'])(
      "makes the original's document: %s",
      async (name) => {
        const golden = JSON.parse(
          readFileSync(
            join(shared, 'golden/seed-technical', `${name.replace(/\.\w+$/, '')}_analysis.json`),
            'utf8',
          ),
        );
        const path = join(shared, 'media', name);
        const analysis = await analyseTechnical(path, { shotRule: 'keyframes' });
        const { metadata, shots, sound, actionMoments } = analysis;
        const document = makeAnalysisDocument({
          inputFile: golden.input_file,
          metadata,
          scenes: scenesOf(shots, 'keyframes', metadata.info),
          sceneThreshold: 0.3,
          sound: sound && { ...sound, actionMoments },
        });
        const differences = [...differ(golden, document, '')];
        const known = name.startsWith('big') ? KNOWN : [];
        expect(differences.map(([place]) => place.replace('/audio_analysis/', ''))).toEqual(
          known.map(([place]) => place),
        );
        differences.forEach(([, theirs, ours], i) => {
          expect([theirs, ours].map((value) => Number((value as number).toFixed(4)))).toEqual(
            known[i]?.slice(1).map((value) => Number((value as number).toFixed(4))),
          );
        });
      },
    );
  });
});

/** The places in which two documents differ by more than a millionth. */
function* differ(a: unknown, b: unknown, place: string): Generator<[string, unknown, unknown]> {
  if (typeof a === 'object' && a !== null && typeof b === 'object' && b !== null) {
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)]))
      yield* differ(
        (a as Record<string, unknown>)[key],
        (b as Record<string, unknown>)[key],
        `${place}/${key}`,
      );
  } else if (typeof a === 'number' && typeof b === 'number' ? Math.abs(a - b) > 1e-6 : a !== b)
    yield [place, a, b];
}
