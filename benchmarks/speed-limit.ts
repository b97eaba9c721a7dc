// How near does a whole pipeline come to the limit of the machine? The limit is the larger of: decoding alone, inference
// alone, and the sum of their processor time over the cores, since on few cores they compete. It does not count that both share
// caches and memory: how long the two take side by side with nothing between them is told too.
//
//   npx tsx benchmarks/speed-limit.ts VIDEO MODEL-FOLDER [ROUNDS]
//
// Opening the model and looking at the input are start-up and not counted; `benchmarks/start-up.ts` tells them.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createFrameEmbedder, openClip } from '@deepffmpeg/clip';
import { collect, createAverager, createScorer, makeLabels, type Picture, through } from '@deepffmpeg/core';
import {
  type DecodePlan,
  decode,
  describeDecode,
  findFfmpeg,
  parseSample,
  probe,
} from '@deepffmpeg/ffmpeg-filters';
import { encodeLabels } from '@deepffmpeg/models';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describeMachine, median } from './measure.js';

const [video = '', folder = '', rounds = '5'] = process.argv.slice(2);
const cores = availableParallelism();
const ffmpeg = await findFfmpeg();
const info = await probe(video, { ffmpeg });
const model = await openClip(folder);
const labels = await encodeLabels(model, makeLabels(['a cat', 'a dog', 'a car', 'a tree'], 'labels'));
const BATCH = model.batchSize;
const session = await InferenceSession.create(join(folder, 'onnx', 'vision_model.onnx'), {
  intraOpNumThreads: cores,
  extra: { session: { intra_op: { allow_spinning: '0' } } },
});
console.log(`${describeMachine()}; ffmpeg ${ffmpeg.version}; ${video}; ${folder}; batches of ${BATCH}`);

for (const sample of ['keyframes', 'every:8']) {
  const plan = { frames: { sample: parseSample(sample), size: model.pictureSize } };
  const frames = await collect(decode(video, plan, { ffmpeg, info }));
  const batches = Array.from({ length: Math.ceil(frames.length / BATCH) }, (_, i) =>
    toTensor(frames.slice(i * BATCH, (i + 1) * BATCH)),
  );
  const measures = {
    decode: [] as Measure[],
    inference: [] as Measure[],
    apart: [] as Measure[],
    pipeline: [] as Measure[],
  };
  for (let round = 0; round <= Number(rounds); round++) {
    const measured = {
      decode: await decodeAlone(plan),
      inference: await inferAlone(batches),
      apart: await bothApart(plan, batches),
      pipeline: await runPipeline(plan),
    };
    if (round === 0) continue; // warms caches
    for (const name of ['decode', 'inference', 'apart', 'pipeline'] as const)
      measures[name].push(measured[name]);
  }
  report(sample, frames.length, measures);
}
await session.release();
await model.close();

interface Measure {
  /** Seconds. */
  readonly wall: number;
  readonly cpu: number;
}

/** The command that `decode` runs, its pixels thrown away. */
async function decodeAlone(plan: DecodePlan): Promise<Measure> {
  const { path, args } = await describeDecode(video, plan, { ffmpeg, info });
  const start = performance.now();
  const child = spawn(path, ['-benchmark', ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  child.stderr.on('data', (chunk) => {
    log += chunk;
  });
  await once(child, 'close');
  const wall = (performance.now() - start) / 1000;
  const [, user, system] = /utime=([\d.]+)s stime=([\d.]+)s/.exec(log) ?? [];
  return { wall, cpu: Number(user) + Number(system) };
}

/** The same batches, with nothing around them. */
async function inferAlone(batches: readonly Tensor[]): Promise<Measure> {
  const [input = ''] = session.inputNames;
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  for (const batch of batches) await session.run({ [input]: batch });
  const { user, system } = process.cpuUsage(cpu);
  return { wall: (performance.now() - start) / 1000, cpu: (user + system) / 1e6 };
}

/** Both at the same time, with nothing between them. */
async function bothApart(plan: DecodePlan, batches: readonly Tensor[]): Promise<Measure> {
  const start = performance.now();
  const parts = await Promise.all([decodeAlone(plan), inferAlone(batches)]);
  return {
    wall: (performance.now() - start) / 1000,
    cpu: parts.reduce((sum, part) => sum + part.cpu, 0),
  };
}

async function runPipeline(plan: DecodePlan): Promise<Measure> {
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  const averages = through(
    decode(video, plan, { ffmpeg, info }),
    createFrameEmbedder({ model }),
    createScorer({ labelSets: [labels] }),
    createAverager(),
  );
  for await (const _ of averages);
  const { user, system } = process.cpuUsage(cpu);
  return { wall: (performance.now() - start) / 1000, cpu: (user + system) / 1e6 };
}

function toTensor(pictures: readonly Picture[]): Tensor {
  const [{ width, height } = { width: 0, height: 0 }] = pictures;
  const pixels = Float32Array.from(
    pictures.flatMap(({ data }) => [...data]),
    (value) => value / 255,
  );
  return new Tensor('float32', pixels, [pictures.length, 3, height, width]); // planar or not costs the same
}

function report(
  sample: string,
  frames: number,
  measures: Record<'decode' | 'inference' | 'apart' | 'pipeline', Measure[]>,
): void {
  const typical = (list: readonly Measure[], what: keyof Measure) => median(list.map((each) => each[what]));
  const [decodeWall, decodeCpu] = [typical(measures.decode, 'wall'), typical(measures.decode, 'cpu')];
  const [inferWall, inferCpu] = [typical(measures.inference, 'wall'), typical(measures.inference, 'cpu')];
  const [wall, cpu] = [typical(measures.pipeline, 'wall'), typical(measures.pipeline, 'cpu')];
  const apart = typical(measures.apart, 'wall');
  const shared = (decodeCpu + inferCpu) / cores;
  const limit = Math.max(decodeWall, inferWall, shared);
  const show = (seconds: number) => seconds.toFixed(3);
  console.log(
    `${sample}, ${frames} frames: decode ${show(decodeWall)} s (processor ${show(decodeCpu)}), inference ${show(inferWall)} s ` +
      `(${show(inferCpu)}), both over ${cores} cores ${show(shared)} s; pipeline ${show(wall)} s (own processor ${show(cpu)}), ` +
      `${(wall / limit).toFixed(2)} x the limit; the two side by side ${show(apart)} s, ${(wall / apart).toFixed(2)} x that`,
  );
}
