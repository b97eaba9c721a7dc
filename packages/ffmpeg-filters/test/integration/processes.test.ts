import { execFileSync } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { PassThrough, Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { collect, through } from '@deepffmpeg/core';
import { describeWithFfmpeg, testPicture } from '@deepffmpeg/test-kit';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { decode } from '../../src/index.js';

const plan = { frames: { sample: 'all', size: { width: 640, height: 360 } } } as const;

/** Ids of this process's children that are ffmpeg or ffprobe. */
function children(): number[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,comm='], { encoding: 'utf8' });
  return table.split('\n').flatMap((line) => {
    const [pid, parent, name = ''] = line.trim().split(/\s+/);
    return Number(parent) === process.pid && /ff(mpeg|probe)/.test(name) ? [Number(pid)] : [];
  });
}

describeWithFfmpeg('the ffmpeg process', (media) => {
  let film = '';
  beforeAll(async () => {
    const codec = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '25', '-movflags', '+faststart'];
    film = await media.make('film.mp4', ...testPicture('s=320x180:r=25:d=40'), ...codec);
  }, 60_000);
  afterEach(() => expect(children()).toEqual([]));

  test('is gone after the end', async () => {
    expect(await collect(decode(film, { frames: { sample: { perSecond: 1 } } }))).toHaveLength(40);
  });

  test('is gone when the reader breaks off or fails', async () => {
    for await (const _ of decode(film, plan)) break;
    expect(children()).toEqual([]);
    const failing = async () => {
      for await (const _ of decode(film, plan)) throw new Error('mine');
    };
    await expect(failing()).rejects.toThrow('mine');
  });

  test('is gone when onProgress throws, which fails the stream', async () => {
    const onProgress = ({ frames }: { frames: number }) => {
      if (frames > 3) throw new Error('mine');
    };
    await expect(collect(decode(film, plan, { onProgress }))).rejects.toThrow('mine');
  });

  test('is never started for a signal that is aborted, nor before the first read', async () => {
    decode(film, plan);
    const frames = decode(film, plan, { signal: AbortSignal.abort() });
    expect(children()).toEqual([]);
    await expect(frames.next()).rejects.toMatchObject({ name: 'AbortError', code: 'ABORT_ERR' });
  });

  // Spread over finding, probing, starting and decoding.
  test.each([0, 1, 3, 10, 30, 60, 100, 150, 200, 300, 450])(
    'is gone after an abort at %i ms',
    async (delay) => {
      const signal = AbortSignal.timeout(delay);
      const read = async () => {
        for await (const _ of decode(film, plan, { signal })) await sleep(5); // 5 s at least
      };
      await expect(read()).rejects.toMatchObject({ name: 'AbortError' });
    },
  );

  test('is gone after an abort while the reader pauses and the pipe is full', async () => {
    const controller = new AbortController();
    const frames = decode(film, plan, { signal: controller.signal });
    await frames.next();
    await sleep(300);
    controller.abort();
    await expect(frames.next()).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('is gone when a pipeline is destroyed while a silent input keeps it waiting', async () => {
    const silent = new PassThrough();
    silent.write(Buffer.alloc(10));
    const flow = through(decode(silent, plan));
    const waiting = flow.next().catch(() => 'ended');
    await sleep(300);
    const source = decode(new PassThrough(), plan);
    const pending = source.next();
    await sleep(200);
    await source.return();
    expect(await pending).toEqual({ done: true, value: undefined });
    silent.destroy();
    expect(await waiting).toBe('ended');
  });

  test('closes a stream that it was given', async () => {
    const input = createReadStream(film);
    for await (const _ of decode(input, { frames: { sample: 'keyframes' } })) break;
    expect(input.destroyed).toBe(true);
  });

  test('waits for a slow reader, in bounded memory', async () => {
    const frames = decode(film, { frames: { sample: 'all', size: { width: 1920, height: 1080 } } });
    let furthest = 0;
    const watched = decode(
      film,
      { frames: { sample: 'all', size: { width: 1920, height: 1080 } } },
      {
        onProgress: ({ frames: count }) => {
          furthest = count;
        },
      },
    );
    await frames.next();
    await frames.return();
    await watched.next();
    const before = process.memoryUsage().arrayBuffers;
    await sleep(1000);
    expect(furthest).toBeLessThanOrEqual(3);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(3 * 1920 * 1080 * 3);
    await watched.return();
  });

  test('that is killed is an error, after the frames so far', async () => {
    let count = 0;
    const read = async () => {
      for await (const _ of decode(film, plan)) {
        count += 1;
        if (count === 20) for (const pid of children()) process.kill(pid, 'SIGKILL');
      }
    };
    await expect(read()).rejects.toMatchObject({
      code: 'ERR_FFMPEG_EXIT',
      message: expect.stringContaining('SIGKILL'),
    });
    expect(count).toBeGreaterThanOrEqual(20);
  });

  test('tells how far it is, also when no frame is wanted', async () => {
    const times: number[] = [];
    const never = { frames: { sample: { sceneThreshold: 1 } } } as const;
    const onProgress = ({
      timestamp,
      durationSeconds,
    }: {
      timestamp: number;
      durationSeconds: number | undefined;
    }) => {
      expect(durationSeconds).toBe(40);
      times.push(timestamp);
    };
    expect(await collect(decode(film, never, { onProgress }))).toEqual([]);
    expect(times.at(-1)).toBeCloseTo(39.96, 6);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  test('reads no further than it must for the times asked for', async () => {
    let furthest = 0;
    const onProgress = ({ timestamp }: { timestamp: number }) => {
      furthest = timestamp;
    };
    const frames = await collect(decode(film, { frames: { sample: { at: [1, 2] } } }, { onProgress }));
    expect(frames.map(({ timestamp }) => timestamp)).toEqual([1, 2]);
    expect(furthest).toBeLessThan(10);
  });

  test('gets all of a stream, however slowly it comes', async () => {
    await media.make('slow.ts', ...testPicture('s=64x48:r=25:d=1'), '-c:v', 'mpeg2video');
    const slow = Readable.from(
      (async function* () {
        for await (const chunk of createReadStream(media.path('slow.ts'), { highWaterMark: 4096 })) {
          await sleep(5);
          yield chunk;
        }
      })(),
    );
    expect(await collect(decode(slow, { frames: { sample: 'all' } }))).toHaveLength(25);
  });
});
