// Is memory flat in the input's length? Runs the same pipeline over one and over ten minutes of the same video, each in
// a process of its own, and compares their peaks (this process; ffmpeg's own is told beside).
//
//   npx tsx benchmarks/memory.ts VIDEO CLIP-FOLDER [CLAP-FOLDER]
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createAudioEmbedder, openClap } from '@deepffmpeg/clap';
import { createFrameEmbedder, openClip } from '@deepffmpeg/clip';
import {
  createAverager,
  createScorer,
  createSegmenter,
  createTimeline,
  createWindower,
  makeLabels,
  parallel,
  through,
} from '@deepffmpeg/core';
import { decode, findFfmpeg } from '@deepffmpeg/ffmpeg-filters';
import { encodeLabels } from '@deepffmpeg/models';
import { describeMachine } from './support/measure.js';

const { isOneRun } = process.env;
const [video = '', folder = '', clapFolder] = process.argv.slice(2);
if (isOneRun !== undefined) await runOnce();
else await compare();

async function compare(): Promise<void> {
  const { path, version } = await findFfmpeg();
  console.log(`${describeMachine()}; ffmpeg ${version}; ${video}; ${folder}; ${clapFolder ?? 'no sound'}`);
  const temporary = await mkdtemp(join(tmpdir(), 'deepffmpeg-memory-'));
  try {
    const peaks = [1, 10].map((minutes) => {
      const long = join(temporary, `${minutes}.mkv`);
      const loop = [
        '-stream_loop',
        '-1',
        '-i',
        video,
        '-map',
        '0:v:0',
        '-map',
        '0:a:0?',
        '-c',
        'copy',
        '-t',
        String(minutes * 60),
        long,
      ];
      spawnSync(path, ['-loglevel', 'error', ...loop], { stdio: 'inherit' });
      const args = [fileURLToPath(import.meta.url), long, folder, ...(clapFolder ? [clapFolder] : [])];
      const { stdout } = spawnSync(process.execPath, ['--import', 'tsx', ...args], {
        env: { ...process.env, isOneRun: '1' },
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      console.log(`${minutes} min: ${stdout.trim()}`);
      return Number(/peak (\d+)/.exec(stdout)?.[1]);
    });
    const [short = Number.NaN, long = Number.NaN] = peaks;
    console.log(`ten minutes take ${(long / short).toFixed(3)} x the memory of one`);
  } finally {
    await rm(temporary, { recursive: true });
  }
}

async function runOnce(): Promise<void> {
  const clip = await openClip(folder);
  const clap = clapFolder === undefined ? undefined : await openClap(clapFolder);
  const labels = makeLabels(['a cat', 'a dog', 'music', 'rain'], 'labels');
  const labelSets = await Promise.all(
    [clip, ...(clap ? [clap] : [])].map((model) => encodeLabels(model, labels)),
  );
  let frames = 0;
  const plan = {
    frames: { sample: { every: 8 }, size: clip.pictureSize },
    ...(clap && { audio: { sampleRate: clap.sampleRate } }),
  };
  const onProgress = (progress: { readonly frames: number }) => {
    frames = progress.frames;
  };
  const seen = through(decode(video, plan, { onProgress }), createFrameEmbedder({ model: clip }));
  const heard = clap
    ? through(
        seen,
        createWindower({ windowSeconds: clap.windowSeconds }),
        createAudioEmbedder({ model: clap }),
        createTimeline(),
      )
    : seen;
  const results = through(heard, createScorer({ labelSets }), parallel(createAverager(), createSegmenter()));
  for await (const _ of results);
  await Promise.all([clip.close(), clap?.close()]);
  const peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
  console.log(`peak ${Math.round(peak / 1024)} MiB, ${frames} frames`);
}
