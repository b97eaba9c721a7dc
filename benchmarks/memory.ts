// Is memory flat in the input's length? Runs the same pipeline over one and over ten minutes of the same video, each in
// a process of its own, and compares their peaks (this process; ffmpeg's own is told beside).
//
//   npx tsx benchmarks/memory.ts VIDEO MODEL-FOLDER
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createFrameEmbedder, openClip } from '@deepffmpeg/clip';
import {
  createAverager,
  createScorer,
  createSegmenter,
  makeLabels,
  parallel,
  through,
} from '@deepffmpeg/core';
import { decode, findFfmpeg } from '@deepffmpeg/ffmpeg-filters';
import { encodeLabels } from '@deepffmpeg/models';
import { describeMachine } from './measure.js';

const [video = '', folder = '', isOneRun] = process.argv.slice(2);
if (isOneRun) await runOnce();
else await compare();

async function compare(): Promise<void> {
  const { path, version } = await findFfmpeg();
  console.log(`${describeMachine()}; ffmpeg ${version}; ${video}; ${folder}`);
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
        '-c',
        'copy',
        '-t',
        String(minutes * 60),
        long,
      ];
      spawnSync(path, ['-loglevel', 'error', ...loop], { stdio: 'inherit' });
      const args = ['--import', 'tsx', fileURLToPath(import.meta.url), long, folder, 'once'];
      const { stdout } = spawnSync(process.execPath, args, {
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
  const model = await openClip(folder);
  const labels = await encodeLabels(model, makeLabels(['a cat', 'a dog', 'a car', 'a tree'], 'labels'));
  let frames = 0;
  const results = through(
    decode(
      video,
      { frames: { sample: { every: 8 }, size: model.pictureSize } },
      {
        onProgress: (progress) => {
          frames = progress.frames;
        },
      },
    ),
    createFrameEmbedder({ model }),
    createScorer({ labelSets: [labels] }),
    parallel(createAverager(), createSegmenter()),
  );
  for await (const _ of results);
  await model.close();
  const peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
  console.log(`peak ${Math.round(peak / 1024)} MiB, ${frames} frames`);
}
