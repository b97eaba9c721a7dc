// How near does a whole pipeline come to the limit of the machine (see limit.ts)?
//
//   npx tsx benchmarks/speed-limit.ts VIDEO CLIP-FOLDER [ROUNDS [CLAP-FOLDER]]
//
// With a second model the video's sound is heard as well, from the same decode. Opening models and looking at the input are start-up
// and not counted; `benchmarks/start-up.ts` tells them.
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
import { Tensor } from 'onnxruntime-node';
import { compareWithLimit, inBatches, openBareSession, type Run } from './support/limit.js';
import { describeMachine } from './support/measure.js';

const [video = '', folder = '', rounds = '5', clapFolder] = process.argv.slice(2);
const ffmpeg = await findFfmpeg();
const info = await probe(video, { ffmpeg });
const labels = makeLabels(['a cat', 'a dog', 'rain', 'music'], 'labels');
const clip = await openClip(folder);
const clap = clapFolder === undefined ? undefined : await openClap(clapFolder);
const models = [clip, ...(clap ? [clap] : [])];
const labelSets = await Promise.all(models.map((model) => encodeLabels(model, labels)));
const see = await openBareSession(join(folder, 'onnx', 'vision_model.onnx'));
const hear =
  clapFolder === undefined ? undefined : await openBareSession(join(clapFolder, 'onnx', 'audio_model.onnx'));
console.log(
  `${describeMachine()}; ffmpeg ${ffmpeg.version}; ${video}; ${folder}; ${clapFolder ?? 'no sound'}; ` +
    `batches of ${clip.batchSize}`,
);

for (const sample of ['keyframes', 'every:8']) {
  const plan = {
    frames: { sample: parseSample(sample), size: clip.pictureSize },
    ...(clap && { audio: { sampleRate: clap.sampleRate } }),
  };
  const media: (VideoFrame | AudioSamples)[] = await collect(decode(video, plan, { ffmpeg, info }));
  const frames = media.filter((chunk) => chunk.type === 'video-frame');
  const samples = media.filter((chunk) => chunk.type === 'audio-samples');
  const runs: Run[] = [
    ...inBatches(frames, clip.batchSize).map((batch) => ({ session: see, input: pixelsOf(batch) })),
    ...(await featuresOf(samples)),
  ];
  const title = `${sample}, ${frames.length} frames, ${runs.filter(({ session }) => session === hear).length} batches of windows`;
  const command = await describeDecode(video, plan, { ffmpeg, info });
  const pipeline = async () => {
    const seen = through(decode(video, plan, { ffmpeg, info }), createFrameEmbedder({ model: clip }));
    const heard = clap
      ? through(
          seen,
          createWindower({ windowSeconds: clap.windowSeconds }),
          createAudioEmbedder({ model: clap }),
          createTimeline(),
        )
      : seen;
    for await (const _ of through(heard, createScorer({ labelSets }), createAverager()));
  };
  await compareWithLimit(title, { command, runs, pipeline }, Number(rounds));
}
await Promise.all([see.release(), hear?.release(), ...models.map((model) => model.close())]);

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
  const windows = await collect(through(samples, createWindower({ windowSeconds })));
  return inBatches(windows, batchSize).map((batch) => {
    const features = new Float32Array(batch.length * length);
    batch.forEach(({ data }, i) => {
      write(data, features, i * length);
    });
    return { session: hear, input: new Tensor('float32', features, [batch.length, ...shape]) };
  });
}
