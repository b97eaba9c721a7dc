// How near does a whole pipeline come to the limit of the machine? The limit is the larger of: decoding alone, inference
// alone, and the sum of their processor time over the cores, since on few cores they compete. It does not count that both share
// caches and memory: how long the two take side by side with nothing between them is told too.
//
//   npx tsx benchmarks/speed-limit.ts VIDEO CLIP-FOLDER [ROUNDS [CLAP-FOLDER]]
//
// With a second model the video's sound is heard as well, from the same decode. Opening models and looking at the input are start-up
// and not counted; `benchmarks/start-up.ts` tells them.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createAudioEmbedder, createInputWriter, inputShape, openClap } from '@deepffmpeg/clap';
import { createFrameEmbedder, openClip } from '@deepffmpeg/clip';
import {
  type AudioSamples,
  collect,
  createAverager,
  createScorer,
  createTimeline,
  createWindower,
  makeLabels,
  through,
  type VideoFrame,
} from '@deepffmpeg/core';
import { decode, describeDecode, findFfmpeg, parseSample, probe } from '@deepffmpeg/ffmpeg-filters';
import { encodeLabels } from '@deepffmpeg/models';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describeMachine, median } from './measure.js';

const [video = '', folder = '', rounds = '5', clapFolder] = process.argv.slice(2);
const cores = availableParallelism();
const ffmpeg = await findFfmpeg();
const info = await probe(video, { ffmpeg });
const labels = makeLabels(['a cat', 'a dog', 'rain', 'music'], 'labels');
const clip = await openClip(folder);
const clap = clapFolder === undefined ? undefined : await openClap(clapFolder);
const models = [clip, ...(clap ? [clap] : [])];
const labelSets = await Promise.all(models.map((model) => encodeLabels(model, labels)));
const see = await openSession(join(folder, 'onnx', 'vision_model.onnx'));
const hear =
  clapFolder === undefined ? undefined : await openSession(join(clapFolder, 'onnx', 'audio_model.onnx'));
const nothing = openSync('/dev/null', 'w');
console.log(
  `${describeMachine()}; ffmpeg ${ffmpeg.version}; ${video}; ${folder}; ${clapFolder ?? 'no sound'}; ` +
    `batches of ${clip.batchSize}`,
);

for (const sample of ['keyframes', 'every:8']) {
  const plan = {
    frames: { sample: parseSample(sample), size: clip.pictureSize },
    ...(clap && { audio: { sampleRate: clap.sampleRate } }),
  };
  type Plan = typeof plan;
  const media: (VideoFrame | AudioSamples)[] = await collect(decode(video, plan, { ffmpeg, info }));
  const frames = media.filter((chunk) => chunk.type === 'video-frame');
  const samples = media.filter((chunk) => chunk.type === 'audio-samples');
  const runs: Run[] = [
    ...inBatches(frames, clip.batchSize).map((batch) => ({ session: see, input: pixelsOf(batch) })),
    ...(await featuresOf(samples)),
  ];
  const steps: Record<Step, () => Promise<Measure>> = {
    decode: () => decodeAlone(plan),
    inference: () => inferAlone(runs),
    apart: () => bothApart(plan, runs),
    pipeline: () => runPipeline(plan),
  };
  const measures: Record<Step, Measure[]> = { decode: [], inference: [], apart: [], pipeline: [] };
  for (let round = 0; round <= Number(rounds); round++) {
    for (const [step, run] of Object.entries(steps) as [Step, () => Promise<Measure>][]) {
      const measured = await run();
      if (round > 0) measures[step].push(measured); // the first warms caches
    }
  }
  report(
    `${sample}, ${frames.length} frames, ${runs.filter(({ session }) => session === hear).length} batches of windows`,
    measures,
  );

  /** The command that `decode` runs, its output thrown away. */
  async function decodeAlone(plan: Plan): Promise<Measure> {
    const { path, args } = await describeDecode(video, plan, { ffmpeg, info });
    const start = performance.now();
    const child = spawn(path, ['-benchmark', ...args], { stdio: ['ignore', nothing, 'pipe', nothing] });
    let log = '';
    child.stderr?.on('data', (chunk) => {
      log += chunk;
    });
    await once(child, 'close');
    const wall = (performance.now() - start) / 1000;
    if (child.exitCode !== 0) throw new Error(log);
    const [, user, system] = /utime=([\d.]+)s stime=([\d.]+)s/.exec(log) ?? [];
    return { wall, cpu: Number(user) + Number(system) };
  }

  /** Both at the same time, with nothing between them. */
  async function bothApart(plan: Plan, runs: readonly Run[]): Promise<Measure> {
    const start = performance.now();
    const parts = await Promise.all([decodeAlone(plan), inferAlone(runs)]);
    return {
      wall: (performance.now() - start) / 1000,
      cpu: parts.reduce((sum, part) => sum + part.cpu, 0),
    };
  }

  async function runPipeline(plan: Plan): Promise<Measure> {
    const [start, cpu] = [performance.now(), process.cpuUsage()];
    const seen = through(decode(video, plan, { ffmpeg, info }), createFrameEmbedder({ model: clip }));
    const heard = clap
      ? through(
          seen,
          createWindower({ seconds: clap.windowSeconds }),
          createAudioEmbedder({ model: clap }),
          createTimeline(),
        )
      : seen;
    for await (const _ of through(heard, createScorer({ labelSets }), createAverager()));
    const { user, system } = process.cpuUsage(cpu);
    return { wall: (performance.now() - start) / 1000, cpu: (user + system) / 1e6 };
  }
}
await Promise.all([see.release(), hear?.release(), ...models.map((model) => model.close())]);

type Step = 'decode' | 'inference' | 'apart' | 'pipeline';

interface Run {
  readonly session: InferenceSession;
  readonly input: Tensor;
}

interface Measure {
  /** Seconds. */
  readonly wall: number;
  readonly cpu: number;
}

function openSession(path: string): Promise<InferenceSession> {
  return InferenceSession.create(path, {
    intraOpNumThreads: cores,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
}

/** The same batches, with nothing around them. */
async function inferAlone(runs: readonly Run[]): Promise<Measure> {
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  for (const { session, input } of runs) await session.run({ [session.inputNames[0] ?? '']: input });
  const { user, system } = process.cpuUsage(cpu);
  return { wall: (performance.now() - start) / 1000, cpu: (user + system) / 1e6 };
}

function inBatches<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
}

function pixelsOf(pictures: readonly VideoFrame[]): Tensor {
  const [{ width, height } = { width: 0, height: 0 }] = pictures;
  const pixels = Float32Array.from(
    pictures.flatMap(({ data }) => [...data]),
    (value) => value / 255,
  );
  return new Tensor('float32', pixels, [pictures.length, 3, height, width]); // planar or not costs the same
}

/** What the audio tower is given, in the batches that it is given. */
async function featuresOf(samples: readonly AudioSamples[]): Promise<Run[]> {
  if (!clap || !hear) return [];
  const { preprocessing, windowSeconds, batchSize } = clap;
  const [shape, write] = [inputShape(preprocessing), createInputWriter(preprocessing)];
  const length = shape.reduce((product, size) => product * size, 1);
  const windows = await collect(through(samples, createWindower({ seconds: windowSeconds })));
  return inBatches(windows, batchSize).map((batch) => {
    const features = new Float32Array(batch.length * length);
    batch.forEach(({ data }, i) => {
      write(data, features, i * length);
    });
    return { session: hear, input: new Tensor('float32', features, [batch.length, ...shape]) };
  });
}

function report(title: string, measures: Record<Step, Measure[]>): void {
  const typical = (list: readonly Measure[], what: keyof Measure) => median(list.map((each) => each[what]));
  const [decodeWall, decodeCpu] = [typical(measures.decode, 'wall'), typical(measures.decode, 'cpu')];
  const [inferWall, inferCpu] = [typical(measures.inference, 'wall'), typical(measures.inference, 'cpu')];
  const [wall, cpu] = [typical(measures.pipeline, 'wall'), typical(measures.pipeline, 'cpu')];
  const apart = typical(measures.apart, 'wall');
  const shared = (decodeCpu + inferCpu) / cores;
  const limit = Math.max(decodeWall, inferWall, shared);
  const show = (seconds: number) => seconds.toFixed(3);
  console.log(
    `${title}: decode ${show(decodeWall)} s (processor ${show(decodeCpu)}), inference ${show(inferWall)} s ` +
      `(${show(inferCpu)}), both over ${cores} cores ${show(shared)} s; pipeline ${show(wall)} s (own processor ${show(cpu)}), ` +
      `${(wall / limit).toFixed(2)} x the limit; the two side by side ${show(apart)} s, ${(wall / apart).toFixed(2)} x that`,
  );
}
