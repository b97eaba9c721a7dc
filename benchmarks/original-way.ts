// How much faster is one decode than the original's way, a call of ffmpeg or ffprobe for each question?
//
//   npx tsx benchmarks/original-way.ts VIDEO [ROUNDS]
//
// The original's calls as its log tells them: metadata, packets counted, volume, silence, keyframes, and one-second probes of the volume,
// each decoding picture and sound. Ours tells all of that and more: shots by content, loudness, faults of picture and sound.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findFfmpeg, probe } from '@deepffmpeg/ffmpeg-filters';
import { analyseTechnical } from '@deepffmpeg/technical';
import { describeMachine, median } from './measure.js';

const [video = '', rounds = '3'] = process.argv.slice(2);
const ffmpeg = await findFfmpeg();
const { durationSeconds = 0 } = await probe(video, { ffmpeg });
const run = promisify(execFile);
const ffprobe = ffmpeg.ffprobePath ?? 'ffprobe';
const decode = (...args: string[]) =>
  run(ffmpeg.path, ['-v', 'info', '-i', video, ...args, '-f', 'null', '-']);

async function originalWay(): Promise<void> {
  await run(ffprobe, ['-v', 'quiet', '-print_format', 'json', '-show_format', '-show_streams', video]);
  const count = ['-count_packets', '-show_entries', 'stream=nb_read_packets'];
  await run(ffprobe, ['-v', 'error', '-select_streams', 'v:0', ...count, video]);
  await decode('-af', 'volumedetect');
  await decode('-vf', "select='eq(pict_type,I)',showinfo");
  await decode('-af', 'silencedetect=noise=-30dB:d=0.5');
  const probes = Math.floor(Math.min(20, Math.max(10, durationSeconds / 5)));
  for (let i = 0; i < probes; i++)
    await run(ffmpeg.path, [
      ...['-ss', String((i * durationSeconds) / probes), '-t', '1', '-i', video],
      ...['-af', 'volumedetect', '-f', 'null', '-'],
    ]);
}

const ways = {
  original: originalWay,
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
