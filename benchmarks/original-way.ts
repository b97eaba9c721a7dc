// How much faster is one decode than the original's way, a call of ffmpeg or ffprobe for each question?
//
//   npx tsx benchmarks/original-way.ts VIDEO [ROUNDS]
//
// The original's calls as its log tells them: metadata, packets counted, volume, silence, keyframes, and one-second probes of the volume,
// each decoding picture and sound. Ours tells all of that and more: shots by content, loudness, faults of picture and sound.
import { findFfmpeg } from '@deepffmpeg/ffmpeg-filters';
import { analyseTechnical } from '@deepffmpeg/technical';
import { describeMachine, median } from './support/measure.js';
import { originalAnalysis } from './support/original-calls.js';

const [video = '', rounds = '3'] = process.argv.slice(2);
const ffmpeg = await findFfmpeg();

const ways = {
  original: () => originalAnalysis(video, ffmpeg),
  'all we measure': () => analyseTechnical(video, { ffmpeg }),
  'without decoding (--fast)': () => analyseTechnical(video, { ffmpeg, isFast: true }),
};
const times: Record<string, number[]> = {};
for (let round = 0; round < Number(rounds); round++)
  for (const [name, way] of Object.entries(ways)) {
    const start = performance.now();
    await way();
    times[name] = [...(times[name] ?? []), (performance.now() - start) / 1000];
  }
console.log(`${describeMachine()}; ffmpeg ${ffmpeg.version}; ${video}`);
const original = median(times['original'] ?? []);
for (const [name, list] of Object.entries(times))
  console.log(
    `${name}: ${median(list).toFixed(2)} s, ${(original / median(list)).toFixed(1)} times as fast as the original's way`,
  );
