import { readFile } from 'node:fs/promises';
import { collect } from '@deepffmpeg/core';
import { decode, probe } from '@deepffmpeg/ffmpeg-filters';
import { describeWithFfmpeg, makeDetectorFile } from '@deepffmpeg/test-kit';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { runCommand } from '../run-command.js';

describeWithFfmpeg('objects in video', (media) => {
  let detector: string[] = [];
  beforeAll(async () => {
    vi.stubEnv('DEEPFFMPEG_CACHE', media.path('cache'));
    // Sees a thing in the middle of every picture, and is the surer of it the brighter that is.
    const model = await makeDetectorFile(media.path('made.onnx'), {
      outputs: [
        { name: 'output0', shape: [6, 1], data: [16, 16, 8, 8, 0, 0], slope: [0, 0, 0, 0, 0.9, 0.05] },
      ],
    });
    detector = ['--detect-model', model, '--detect-head', 'yolov8', '--detect-labels', 'lamp,moon'];
    // Bright for 2 s, dark for 2 s, bright for 1 s, at 10 frames a second.
    const level = '255*lt(mod(T\\,4)\\,2)';
    await media.make(
      'lamp.mkv',
      ...['-f', 'lavfi', '-i', `color=black:s=64x64:r=10:d=5,format=gray,geq=lum='${level}'`],
      ...['-f', 'lavfi', '-i', 'sine=d=5'],
      ...['-c:v', 'ffv1', '-c:a', 'pcm_s16le'],
    );
    return () => vi.unstubAllEnvs();
  });
  const classify = (...args: string[]) =>
    runCommand(['classify', media.path('lamp.mkv'), ...detector, ...args]);

  test('the times in which something is there are segments, also without a tracker', async () => {
    const { code, stdout } = await classify('--json', '--sample', 'all');
    expect(code).toBe(0);
    const [{ segments, frames, averages, objects }] = JSON.parse(stdout).results;
    expect(frames).toBe(50);
    expect(averages).toMatchObject([{ label: 'lamp', count: 30 }]);
    expect(objects).toMatchObject([{ label: 'lamp', detections: 30, frames: 30, mostAtOnce: 1 }]);
    expect(segments).toMatchObject([
      { label: 'lamp', timestamp: 0, durationSeconds: 2 },
      { label: 'lamp', timestamp: 4, durationSeconds: 1 },
    ]);
    expect(segments[0]).not.toHaveProperty('trackId');
  });

  test('tracks tell when they came and left, from all frames unless fewer are asked for', async () => {
    const path = media.path('tracks.txt');
    const { code, stdout } = await classify('--json', '--output-tracks', path);
    expect(code).toBe(0);
    const [{ tracks, segments, objects, frames }] = JSON.parse(stdout).results;
    expect(frames).toBe(50);
    expect(tracks).toMatchObject([
      { trackId: 1, label: 'lamp', timestamp: 0, durationSeconds: 2, count: 20 },
      { trackId: 2, label: 'lamp', timestamp: 4, durationSeconds: 1, count: 10 },
    ]);
    expect(segments).toMatchObject([{ trackId: 1 }, { trackId: 2 }]);
    expect(objects).toMatchObject([{ tracks: 2 }]);
    const lines = (await readFile(path, 'utf8')).trim().split('\n');
    expect(lines.map((line) => line.split(',').slice(0, 2).map(Number))).toEqual([
      ...Array.from({ length: 20 }, (_, i) => [i + 1, 1]),
      ...Array.from({ length: 10 }, (_, i) => [i + 41, 2]),
    ]);
    const few = JSON.parse((await classify('--json', '--track', '--sample', '2/s')).stdout);
    expect(few.results[0].frames).toBe(10);
  });

  test('objects are drawn into a video with the sound of the input', async () => {
    const path = media.path('drawn.mkv');
    const { code, stderr } = await classify(
      '--visualization',
      path,
      '--box-color',
      'lime',
      '--font-size',
      '10',
    );
    expect(stderr).not.toMatch(/error|warning/);
    expect(code).toBe(0);
    const { streams } = await probe(path);
    expect(streams).toMatchObject([
      { type: 'video', codec: 'h264' },
      { type: 'audio', codec: 'pcm_s16le' },
    ]);
    const frames = await collect(decode(path, { frames: { sample: 'all' } }));
    expect(frames.map(({ timestamp }) => timestamp)).toEqual(
      Array.from({ length: 50 }, (_, i) => expect.closeTo(i / 10, 3)),
    );
    // A column through the middle crosses the lower edge of the box, where there is one.
    const greenest = (index: number) =>
      Math.max(
        ...Array.from({ length: 20 }, (_, row) => {
          const [red, green] = frames[index]!.data.subarray(3 * (64 * (30 + row) + 32)); // there are 50
          return green! - red!;
        }),
      );
    expect(greenest(5)).toBeGreaterThan(100);
    expect(greenest(25)).toBeLessThan(30);
  });

  describe('with labels to look for', () => {
    const labels = ['--models', 'tiny', '--clip-labels', 'white,black'];

    test('a track is looked at once in each interval, and its segments last', async () => {
      const interval = ['--track', '--track-interval', '1'];
      const { stdout } = await classify('--json', ...labels, ...interval);
      const [{ averages, segments }] = JSON.parse(stdout).results;
      expect(averages).toMatchObject([{ label: 'white', count: 3 }]);
      expect(segments).toMatchObject([
        { label: 'white', trackId: 1, timestamp: 0 },
        { label: 'white', trackId: 2, timestamp: 4 },
      ]);
    });

    test('sound is heard from the same decode', async () => {
      const sound = ['--clap-labels', 'a low tone,silence'];
      const { code, stdout } = await classify('--json', ...labels, ...sound);
      expect(code).toBe(0);
      const [{ windows, frames, averages }] = JSON.parse(stdout).results;
      expect(frames).toBe(5);
      expect(windows).toBeGreaterThan(0);
      expect(new Set(averages.map(({ streamId }: { streamId: number }) => streamId))).toEqual(
        new Set([0, 1]),
      );
    });
  });
});
