// How fast are frames decoded in full size, drawn on, and written as a video with their sound? Detections are made up: five boxes that move,
// with a track, a confidence that changes and a classifier's labels. Nothing is inferred. The last line is of ten boxes, drawn on one frame
// again and again.
//
//   npx tsx benchmarks/overlay.ts VIDEO FILE [ROUNDS]
import { collect, type Detections, type Scores, through, type VideoFrame } from '@deepffmpeg/core';
import { createOverlay } from '@deepffmpeg/detect';
import { decode, findFfmpeg, probe, writeVideo } from '@deepffmpeg/ffmpeg-filters';
import { describeMachine, median } from './support/measure.js';

const [video = '', file = '', rounds = '3'] = process.argv.slice(2);
const ffmpeg = await findFfmpeg();
const info = await probe(video, { ffmpeg });
const plan = { frames: { sample: 'all' } } as const;
const frames = () => decode(video, plan, { ffmpeg, info });
const written = (made: AsyncIterable<VideoFrame>) =>
  writeVideo(file, made, { ffmpeg, info, audioFrom: video });
console.log(`${describeMachine()}; ffmpeg ${ffmpeg.version}; ${video}, ${info.durationSeconds} s`);

const overlay = async () => {
  for await (const _ of through(detect(frames()), createOverlay()));
};
const steps: Readonly<Record<string, () => Promise<void>>> = {
  decode: async () => {
    for await (const _ of frames());
  },
  'decode, overlay': overlay,
  'decode, write': () => written(frames()),
  'decode, overlay, write': () => written(through(detect(frames()), createOverlay())),
};
for (const [name, run] of Object.entries(steps)) {
  const seconds: number[] = [];
  for (let round = 0; round < Number(rounds); round++) {
    const start = performance.now();
    await run();
    seconds.push((performance.now() - start) / 1000);
  }
  const wall = median(seconds);
  const speed = (info.durationSeconds ?? Number.NaN) / wall;
  console.log(
    `${name}: ${wall.toFixed(2)} s, ${speed.toFixed(1)} x real time (${seconds.map((each) => each.toFixed(2)).join(', ')})`,
  );
}

const [first] = await collect(decode(video, { frames: { sample: { at: [0] } } }, { ffmpeg, info }));
const again = Array.from({ length: 300 }, () => detectionsIn(first!, 10)); // every video has one
const [start, cpu] = [performance.now(), process.cpuUsage()];
for await (const _ of through(again, createOverlay()));
const { user, system } = process.cpuUsage(cpu);
const wallMs = (performance.now() - start) / again.length;
const cpuMs = (user + system) / 1000 / again.length;
console.log(`ten boxes: ${wallMs.toFixed(2)} ms a frame, ${cpuMs.toFixed(2)} ms of processor time`);

async function* detect(source: AsyncIterable<VideoFrame>): AsyncGenerator<Detections> {
  for await (const frame of source) yield detectionsIn(frame, 5);
}

function detectionsIn(frame: VideoFrame, count: number): Detections {
  const { timestamp, durationSeconds, width, height } = frame;
  const objects = Array.from({ length: count }, (_, i) => ({
    label: 'person',
    confidence: 0.5 + 0.4 * Math.sin(timestamp + i),
    region: {
      x: width * (0.4 + 0.4 * Math.sin(timestamp / 2 + i)),
      y: height * (0.4 + 0.3 * Math.cos(timestamp / 3 + i)),
      width: width / 6,
      height: height / 4,
      trackId: i + 1,
    },
    scores: [scoresAt(frame, 0.7 + 0.2 * Math.sin(2 * timestamp + i))],
  }));
  return {
    type: 'detections',
    source: video,
    model: 'made',
    timestamp,
    durationSeconds,
    width,
    height,
    objects,
    frame,
  };
}

function scoresAt({ source, timestamp, durationSeconds }: VideoFrame, probability: number): Scores {
  return {
    type: 'scores',
    source,
    timestamp,
    durationSeconds,
    modality: 'vision',
    model: 'made',
    labelSet: { name: 'made', kind: 'labels', groups: [{ name: 'labels', labels: ['walking', 'running'] }] },
    probabilities: Float32Array.of(probability, 1 - probability),
  };
}
