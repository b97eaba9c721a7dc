import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { VideoFrame } from '@deepffmpeg/core';
import { describeWithFfmpeg, makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { afterEach, expect, test, vi } from 'vitest';
import { playVideo } from '../../src/index.js';
import { makeVideo } from '../make-video.js';

/** A program in place of ffplay. */
async function fake(script: string): Promise<string> {
  const path = join(await makeTemporaryFolder(), 'ffplay');
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}

/** Frames without end, and whether they were closed. */
function endless(): { frames: AsyncGenerator<VideoFrame>; state: { closed: boolean; count: number } } {
  const state = { closed: false, count: 0 };
  const [frame] = makeVideo([0], { width: 320, height: 180 });
  const frames = (async function* () {
    try {
      for (;;) {
        await sleep(1);
        yield { ...frame!, timestamp: state.count++ / 25 }; // one was made
      }
    } finally {
      state.closed = true;
    }
  })();
  return { frames, state };
}

afterEach(() => vi.unstubAllEnvs());

describeWithFfmpeg('playVideo', (media) => {
  test('hands the frames to ffplay, at their times from 0 on', async () => {
    const seen = join(await makeTemporaryFolder(), 'seen.nut');
    const ffplayPath = await fake(`cat > '${seen}'; echo "$@" > '${seen}.args'`);
    await playVideo(makeVideo([5, 5.5, 7]), { ffplayPath });
    await media.make('seen.mkv', '-copyts', '-i', seen, '-fps_mode', 'passthrough', '-c:v', 'ffv1');
    const { packets } = await media.probe('seen.mkv', '-show_entries', 'packet=pts_time');
    expect(packets).toEqual(
      ['0.000000', '0.500000', '2.000000', '2.020000'].map((time) => ({ pts_time: time })),
    );
    expect(await readFile(`${seen}.args`, 'utf8')).toMatch(/-autoexit -window_title made .*-i pipe:0$/m);
  });

  test('ends, and closes the frames, when the window is closed', async () => {
    const { frames, state } = endless();
    await playVideo(frames, { ffplayPath: await fake('head -c 500000 >/dev/null') });
    expect(state.closed).toBe(true);
    expect(state.count).toBeLessThan(200);
  });

  test('ends when the window is closed while no frame comes', async () => {
    const silent = async function* () {
      yield* makeVideo([0]);
      await sleep(60_000, undefined, { ref: false });
    };
    await playVideo(silent(), { ffplayPath: await fake('head -c 5000 >/dev/null') });
  });

  test('an abort ends it', async () => {
    const { frames, state } = endless();
    const controller = new AbortController();
    const playing = playVideo(frames, {
      ffplayPath: await fake('exec cat >/dev/null'),
      signal: controller.signal,
    });
    await vi.waitFor(() => expect(state.count).toBeGreaterThan(20), 10_000);
    controller.abort();
    await expect(playing).rejects.toMatchObject({ name: 'AbortError', code: 'ABORT_ERR' });
    expect(state.closed).toBe(true);
  });

  test('says that there is no ffplay, no display, no frame, or what went wrong', async () => {
    const play = async (script: string, frames = makeVideo([0])) =>
      playVideo(frames, { ffplayPath: await fake(script) });
    await expect(playVideo(makeVideo([0]), { ffplayPath: '/not/there' })).rejects.toMatchObject({
      code: 'ERR_FFMPEG_MISSING',
    });
    await expect(
      play("cat >/dev/null; echo 'Could not initialize SDL - No available video device' >&2; exit 1"),
    ).rejects.toMatchObject({ code: 'ERR_FFMPEG_EXIT', message: expect.stringContaining('no display') });
    await expect(play('cat >/dev/null; echo odd >&2; exit 1')).rejects.toThrow(/status 1: odd/);
    await expect(play('cat >/dev/null', [])).rejects.toMatchObject({ code: 'ERR_INPUT' });
    await expect(play('cat >/dev/null', makeVideo([1, 0]))).rejects.toMatchObject({ code: 'ERR_MISMATCH' });
  });

  test('finds ffplay by the environment', async () => {
    vi.stubEnv('DEEPFFMPEG_FFPLAY', await fake('cat >/dev/null; exit 3'));
    await expect(playVideo(makeVideo([0]))).rejects.toThrow('status 3');
  });
});
