// How much longer does a whole technical analysis take than ffmpeg with the same filters and nobody who reads?
//
//   npx tsx benchmarks/technical.ts VIDEO [ROUNDS]
//
// Both decode once, with the same graphs; ffmpeg alone prints and writes nothing. Looking at the input is start-up and not counted.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { collect, parallel, through } from '@deepffmpeg/core';
import { decode, describeDecode, findFfmpeg, probe } from '@deepffmpeg/ffmpeg-filters';
import {
  createPictureAnalyser,
  createShotDetector,
  createSoundAnalyser,
  pictureFrames,
  pictureMeasurements,
  shotFrames,
  soundMeasurements,
} from '@deepffmpeg/technical';
import { describeMachine, median } from './support/measure.js';

const [video = '', rounds = '5'] = process.argv.slice(2);
const ffmpeg = await findFfmpeg();
const info = await probe(video, { ffmpeg });
const plan = {
  frames: [shotFrames, pictureFrames],
  measurements: [...pictureMeasurements, ...soundMeasurements],
} as const;
const { args } = await describeDecode(video, plan, { ffmpeg, info });
console.log(`${describeMachine()}; ffmpeg ${ffmpeg.version}; ${video}`);

/** The same decode and filters, into nothing. */
const alone = args
  .map((arg) => arg.replace(/,a?metadata=mode=print:[^[,;]*/g, ''))
  .map((arg) => (arg === 'nut' ? 'null' : arg === 'pipe:1' ? '-' : arg));

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

const runAlone = async () => {
  const [code] = await once(spawn(ffmpeg.path, alone, { stdio: 'ignore' }), 'close');
  if (code !== 0) throw new Error(`ffmpeg ended with ${code}`);
};
const analyse = () => {
  const analysers = parallel(createShotDetector(), createPictureAnalyser(), createSoundAnalyser());
  return collect(through(decode(video, plan, { ffmpeg, info }), analysers));
};

const times: { readonly ffmpeg: number; readonly ours: number }[] = [];
await analyse(); // compiles
for (let round = 0; round < Number(rounds); round++)
  times.push({ ffmpeg: await timeOf(runAlone), ours: await timeOf(analyse) });
const [limit, ours] = [median(times.map((time) => time.ffmpeg)), median(times.map((time) => time.ours))];
console.log(
  `ffmpeg alone ${limit.toFixed(2)} s, analysis ${ours.toFixed(2)} s: ${(ours / limit).toFixed(2)} times`,
);
