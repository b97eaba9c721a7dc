import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeWithFfmpeg, describeWithShared } from '@deepffmpeg/test-kit';
import { describe, expect, test } from 'vitest';
import { analyseTechnical, makeAnalysisDocument, scenesOf } from '../../src/index.js';

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
      detector: 'adaptive',
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
      const analysis = await analyseTechnical(path, { detector: 'content', sceneThreshold: 0.5 });
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

  test('without decoding, keyframes are all that is known of shots', async () => {
    const path = await media.make(
      'keys.mkv',
      ...lavfi('testsrc=s=64x64:r=25:d=4'),
      ...['-c:v', 'mpeg4', '-g', '50', '-sc_threshold', '1000000000'],
    );
    const analysis = await analyseTechnical(path, { isFast: true });
    expect(analysis.shots.map(({ startFrame }) => startFrame)).toEqual([0, 50]);
    expect(analysis).toMatchObject({
      detector: 'keyframes',
      events: [],
      sound: undefined,
      picture: undefined,
    });
  });

  test('settings that contradict each other, and what is no media, are refused', async () => {
    const refused = { code: 'ERR_INVALID_OPTIONS' };
    await expect(analyseTechnical('x', { isFast: true, detector: 'adaptive' })).rejects.toMatchObject(
      refused,
    );
    await expect(analyseTechnical('x', { sceneThreshold: 0.2 })).rejects.toMatchObject(refused);
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
        const analysis = await analyseTechnical(path, { detector: 'keyframes' });
        const { metadata, shots, sound, actionMoments } = analysis;
        const document = makeAnalysisDocument({
          inputFile: golden.input_file,
          metadata,
          scenes: scenesOf(shots, 'keyframes', metadata.info.durationSeconds),
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
