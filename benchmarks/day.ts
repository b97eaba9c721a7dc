// Is the memory of a whole technical analysis flat over a day? Analyses one hour and 24 hours of a made film (black every 20 s, silence every 10 s, a
// cut every minute), each in a process of its own, and compares the peaks of that process and of its ffmpeg.
//
//   npx tsx benchmarks/day.ts [HOURS]
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findFfmpeg } from '@deepffmpeg/ffmpeg-filters';
import { analyseTechnical } from '@deepffmpeg/technical';
import { describeMachine } from './support/measure.js';

const [argument = '24'] = process.argv.slice(2);
const { isOneRun } = process.env;
if (isOneRun !== undefined) await runOnce(argument);
else await compare(Number(argument));

async function compare(hours: number): Promise<void> {
  const { path, version } = await findFfmpeg();
  console.log(`${describeMachine()}; ffmpeg ${version}`);
  const folder = await mkdtemp(join(tmpdir(), 'deepffmpeg-day-'));
  try {
    const peaks = [1, hours].map((length) => {
      const film = join(folder, `${length}.mkv`);
      makeFilm(path, film, length * 3600);
      const { stdout } = spawnSync(
        process.execPath,
        ['--import', 'tsx', fileURLToPath(import.meta.url), film],
        {
          env: { ...process.env, isOneRun: '1' },
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'inherit'],
        },
      );
      console.log(`${length} h: ${stdout.trim()}`);
      return [/peak (\d+)/, /ffmpeg (\d+)/].map((pattern) => Number(pattern.exec(stdout)?.[1]));
    });
    const [short = [], long = []] = peaks;
    const ratios = long.map((peak, i) => (peak / (short[i] ?? Number.NaN)).toFixed(2));
    console.log(`${hours} hours take ${ratios[0]} x the memory of one, ffmpeg ${ratios[1]} x`);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A picture in 4 s, and sound in stereo of a low rate. */
function makeFilm(ffmpeg: string, film: string, seconds: number): void {
  const picture = `testsrc2=s=64x48:r=1/4:d=${seconds}`;
  const black = "drawbox=t=fill:c=black:enable='lt(mod(t,20),8)'";
  const cut = "hue=h=180:enable='lt(mod(t,120),60)'";
  const sound = 'if(lt(mod(t,10),2),0,0.3)*sin(2*PI*100*t)';
  const args = [
    ...['-loglevel', 'error', '-f', 'lavfi', '-i', picture],
    ...['-f', 'lavfi', '-i', `aevalsrc='${sound}|${sound}':s=1000:d=${seconds}`],
    ...['-vf', `${cut},${black}`, '-c:v', 'ffv1', '-c:a', 'flac', film],
  ];
  if (spawnSync(ffmpeg, args, { stdio: 'inherit' }).status !== 0) throw new Error(`${film} was not made`);
}

async function runOnce(film: string): Promise<void> {
  let ffmpegPeak = 0;
  const watching = setInterval(() => {
    ffmpegPeak = Math.max(ffmpegPeak, ...childrenPeaks());
  }, 500);
  const start = performance.now();
  const { shots, events, picture } = await analyseTechnical(film);
  const seconds = (performance.now() - start) / 1000;
  clearInterval(watching);
  console.log(
    `peak ${peakOf('self')} MiB, ffmpeg ${ffmpegPeak} MiB, ${seconds.toFixed(0)} s, ${picture?.frames} frames, ${shots.length} shots, ${events.length} events`,
  );
}

/** Peaks of the programs that this process runs, in MiB. */
function childrenPeaks(): number[] {
  const ids = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').trim();
  return ids === '' ? [] : ids.split(' ').map(peakOf);
}

/** In MiB; 0 of one that has ended. */
function peakOf(id: string): number {
  try {
    const status = readFileSync(`/proc/${id}/status`, 'utf8');
    return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
  } catch {
    return 0;
  }
}
